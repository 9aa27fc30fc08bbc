import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { logFile } from './log-file.ts';

test('appends lines, begins anew when large, and survives a folder that it cannot write', () => {
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-log-'));
  const path = join(folder, 'deep', 'shell.log');
  const log = logFile(path);
  log('one');
  log('two');
  expect(readFileSync(path, 'utf8')).toMatch(/^\S+Z one\n\S+Z two\n$/);
  writeFileSync(path, 'x'.repeat(1024 * 1024 + 1));
  log('three');
  expect(readFileSync(path, 'utf8')).toMatch(/^\S+Z three\n$/);
  expect(statSync(`${path}.old`).size).toBe(1024 * 1024 + 1);
  expect(() => logFile(join(path, 'below-a-file.log'))('four')).not.toThrow();
  rmSync(folder, { recursive: true });
});
