import { expect, test } from 'vitest';
import { Gate } from './gate.ts';
import { hashPassword, isOutdated, isPassword } from './passwords.ts';

test('a password is argon2id of 64 MiB in three passes', async () => {
  const stored = await hashPassword('correct horse battery');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  expect(await isPassword(stored, 'correct horse battery')).toBe(true);
  expect(await isPassword(stored, 'correct horse batterz')).toBe(false);
  expect(await isPassword(null, 'correct horse battery')).toBe(false);
  expect(await isPassword('no hash at all', 'x')).toBe(false);
  expect(isOutdated(stored)).toBe(false);
  expect(isOutdated(stored.replace('t=3', 't=2'))).toBe(true);
});

test('a gate lets few through at once, some wait in order, and the rest are turned away', async () => {
  const gate = new Gate({ atOnce: 2, waiting: 3, full: () => new Error('full') });
  const leave: (() => void)[] = [];
  const entered: number[] = [];
  const pass = (number: number) =>
    gate.pass(async () => {
      entered.push(number);
      await new Promise<void>((resolve) => leave.push(resolve));
    });
  const passes = [1, 2, 3, 4, 5].map(pass);
  await expect(pass(6)).rejects.toThrow('full');
  expect(entered).toEqual([1, 2]);
  for (let turn = 0; turn < 5; turn += 1) {
    leave[turn]?.();
    await expect.poll(() => entered.length).toBe(Math.min(5, turn + 3));
  }
  await Promise.all(passes);
  expect(entered).toEqual([1, 2, 3, 4, 5]);
});

test('whoever fails inside gives his place back', async () => {
  const gate = new Gate({ atOnce: 1, waiting: 0, full: () => new Error('full') });
  await expect(gate.pass(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(await gate.pass(async () => 1)).toBe(1);
});

test('a flood of passwords costs the callers time, not the server its memory', async () => {
  const before = process.memoryUsage.rss();
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, () => isPassword(null, 'x'.repeat(200))),
  );
  const busy = results.filter(({ status }) => status === 'rejected');
  expect(busy.length).toBeGreaterThan(100);
  for (const result of busy) expect(result).toMatchObject({ reason: { code: 'busy' } });
  // Two hashes at a time hold 128 MiB; two hundred would hold 12.5 GiB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(400_000_000);
});
