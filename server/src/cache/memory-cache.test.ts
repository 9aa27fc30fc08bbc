import { describe, expect, test } from 'vitest';
import { MemoryCache } from './memory-cache.ts';
import { cacheSuite } from './testing/cache-suite.ts';

describe('the cache in memory', () => {
  cacheSuite(() => new MemoryCache());

  test('a value runs out', async () => {
    let nowMs = 0;
    const cache = new MemoryCache({ nowMs: () => nowMs });
    const options = { seconds: 10, tags: [] };
    await cache.through('key', options, async () => 1);
    nowMs = 9999;
    expect(await cache.through('key', options, async () => 2)).toBe(1);
    nowMs = 10_000;
    expect(await cache.through('key', options, async () => 2)).toBe(2);
  });

  test('it holds so many bytes; what was used longest ago goes first', async () => {
    const cache = new MemoryCache({ mostBytes: 10_000 });
    const options = { seconds: 60, tags: ['t'] };
    const put = (key: string, length = 1000) => cache.through(key, options, async () => 'x'.repeat(length));
    const makesAnew = async (key: string) => (await cache.through(key, options, async () => 'new')) === 'new';
    for (const key of ['a', 'b', 'c', 'd']) await put(key);
    await put('a');
    await put('e');
    expect(cache.bytes).toBeLessThanOrEqual(10_000);
    expect(await makesAnew('b')).toBe(true);
    expect(await makesAnew('a')).toBe(false);
    await put('huge', 100_000);
    expect(await makesAnew('a')).toBe(false);
    await cache.invalidate(['t']);
    expect(cache.bytes).toBe(0);
  });
});
