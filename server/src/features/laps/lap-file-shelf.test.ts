import { expect, test } from 'vitest';
import { LapFileShelf } from './lap-file-shelf.ts';

test('keeps what was asked for last, within its bytes', async () => {
  const shelf = new LapFileShelf(250);
  const loaded: string[] = [];
  const get = (sha256: string) =>
    shelf.through(sha256, async () => {
      loaded.push(sha256);
      return Buffer.alloc(100);
    });
  for (const sha256 of ['a', 'b', 'a', 'c', 'a', 'b']) await get(sha256);
  expect(loaded).toEqual(['a', 'b', 'c', 'b']);
});

test('two that ask at once load twice and count once; a failure is not kept', async () => {
  const shelf = new LapFileShelf(150);
  await Promise.all(['a', 'a'].map((sha256) => shelf.through(sha256, async () => Buffer.alloc(100))));
  await expect(shelf.through('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  let loads = 0;
  await shelf.through('a', async () => Buffer.alloc(++loads));
  expect(loads).toBe(0);
});
