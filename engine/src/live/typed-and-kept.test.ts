import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDir } from '../data/data-dir.ts';
import { keepLine, readLines } from './learned-lines.ts';
import { readTypedLines } from './typed-lines.ts';

let folder: string;
let dataDir: DataDir;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-lines-'));
  dataDir = new DataDir(join(folder, 'data'), {});
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('typed lines are heard without their blanks, until the end', async () => {
  const input = new PassThrough();
  const stop = new AbortController();
  const heard: string[] = [];
  readTypedLines(input, stop.signal, (line) => heard.push(line));
  input.write(' u \r\nhal');
  input.write('f\n');
  await expect.poll(() => heard).toEqual(['u', 'half']);
  stop.abort();
  input.write('u\n');
  await new Promise((done) => setTimeout(done, 20));
  expect(heard).toEqual(['u', 'half']);
});

test('an input that breaks stops nobody', async () => {
  const input = new PassThrough();
  readTypedLines(input, new AbortController().signal, () => {});
  input.destroy(new Error('the terminal is gone'));
  await new Promise((done) => setImmediate(done));
});

test('a learned line is kept under its id, one for each track, and an odd id does not leave the folder', () => {
  expect(readLines(dataDir)).toEqual([]);
  dataDir.ensure();
  keepLine('{"id":"gt7-1a2b","pointsM":[1]}', dataDir);
  keepLine('{"id":"gt7-1a2b","pointsM":[2]}', dataDir);
  keepLine('{"id":"../../etc","pointsM":[3]}', dataDir);
  expect(readdirSync(dataDir.file('lines')).filter((name) => name === 'gt7-1a2b.json')).toHaveLength(1);
  expect(readLines(dataDir).sort()).toEqual([
    '{"id":"../../etc","pointsM":[3]}',
    '{"id":"gt7-1a2b","pointsM":[2]}',
  ]);
  writeFileSync(dataDir.file('lines', 'notes.txt'), 'x');
  expect(readLines(dataDir)).toHaveLength(2);
});
