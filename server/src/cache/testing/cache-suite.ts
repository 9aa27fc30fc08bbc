/** What every cache must do. */
import { afterAll, expect, test } from 'vitest';
import type { Cache } from '../cache.ts';

/** `open` gives a new cache over the same store; the suite is inside a `describe` that names it. */
export function cacheSuite(
  open: () => Cache,
  ready: (cache: Cache) => Promise<void> = async () => undefined,
) {
  const cache = open();
  afterAll(() => cache.close());
  let keys = 0;
  const newKey = () => {
    keys += 1;
    return `key ${keys}`;
  };
  const kept = { seconds: 60, tags: ['a'] };

  test('a value is made once and given again as it was', async () => {
    await ready(cache);
    const key = newKey();
    let made = 0;
    const make = async () => {
      made += 1;
      return { made, list: [1, null, 'ä'] };
    };
    expect(await cache.through(key, kept, make)).toEqual({ made: 1, list: [1, null, 'ä'] });
    expect(await cache.through(key, kept, make)).toEqual({ made: 1, list: [1, null, 'ä'] });
    expect(made).toBe(1);
  });

  test('those who ask at the same time wait for one, and none can change it for others', async () => {
    const key = newKey();
    let made = 0;
    const make = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      made += 1;
      return { made };
    };
    const values = await Promise.all(Array.from({ length: 10 }, () => cache.through(key, kept, make)));
    for (const value of values) value.made += 100;
    expect(made).toBe(1);
    expect(await cache.through(key, kept, make)).toEqual({ made: 1 });
  });

  test('a failure is not kept', async () => {
    const key = newKey();
    await expect(cache.through(key, kept, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.through(key, kept, async () => 2)).toBe(2);
  });

  test('a tag forgets all its values and no others', async () => {
    const [first, second] = [newKey(), newKey()];
    await cache.through(first, { seconds: 60, tags: ['lap:1', 'lap:2'] }, async () => 1);
    await cache.through(second, { seconds: 60, tags: ['lap:3'] }, async () => 1);
    await cache.invalidate(['lap:2']);
    expect(await cache.through(first, { seconds: 60, tags: ['lap:1', 'lap:2'] }, async () => 2)).toBe(2);
    expect(await cache.through(second, { seconds: 60, tags: ['lap:3'] }, async () => 2)).toBe(1);
  });

  test('what is forgotten while it is made is not kept', async () => {
    const key = newKey();
    const options = { seconds: 60, tags: ['moving'] };
    let finish: (value: number) => void = () => undefined;
    let began: () => void = () => undefined;
    const beginning = new Promise<void>((resolve) => {
      began = resolve;
    });
    const old = cache.through(key, options, () => {
      began();
      return new Promise<number>((resolve) => {
        finish = resolve;
      });
    });
    await beginning;
    await cache.invalidate(['moving']);
    expect(await cache.through(key, options, async () => 2)).toBe(2);
    finish(1);
    expect(await old).toBe(1);
    expect(await cache.through(key, options, async () => 3)).toBe(2);
  });
}
