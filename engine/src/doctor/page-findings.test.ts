import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { doctorAnswer } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import type { Context } from '../cli/command.ts';
import { DataDir } from '../data/data-dir.ts';
import { doctorForPages, withoutPaths } from './page-findings.ts';

test('pages are told what is found here, and no place on the disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-findings-'));
  const context = {
    dataDir: new DataDir(folder, {}),
    native: async () => ({ nowMs: () => 1 }),
  } as unknown as Context;
  const answer = doctorAnswer.parse(await doctorForPages(context));
  rmSync(folder, { recursive: true, force: true });
  expect(answer.findings.map(({ name }) => name)).toContain('data directory');
  const text = JSON.stringify(answer);
  for (const path of [folder, homedir(), '/tmp/']) expect(text).not.toContain(path);
});

test('a path becomes what it stands for', () => {
  const finding = {
    name: 'full screen',
    state: 'so' as const,
    text: 'Change /home/me/Documents/iRacing/app.ini.',
  };
  expect(
    withoutPaths(finding, [
      ['/home/me/Documents/iRacing', 'Documents/iRacing'],
      ['/home/me', 'your folder'],
    ]).text,
  ).toBe('Change Documents/iRacing/app.ini.');
});
