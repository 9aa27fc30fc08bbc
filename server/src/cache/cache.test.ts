import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningRedis, redisIsThere, startRedis, until } from '../testing/start-redis.ts';
import type { Cache } from './cache.ts';
import { MemoryCache } from './memory-cache.ts';
import { RedisCache } from './redis-cache.ts';

/** What both must do. Keys are new in each test. */
function cacheSuite(open: () => Cache): void {
  let cache: Cache;
  let key = '';
  let count = 0;
  beforeEach(async () => {
    cache ??= open();
    await until(() => cache.kind !== 'redis-gone');
    count += 1;
    key = `key-${count}`;
  });
  afterAll(() => cache.close());
  const tags = ['a', 'b'];

  test('makes a value once and keeps it', async () => {
    let made = 0;
    const get = () => cache.through(key, { seconds: 60, tags }, async () => ({ value: ++made, text: 'ä' }));
    expect(await get()).toEqual({ value: 1, text: 'ä' });
    expect(await get()).toEqual({ value: 1, text: 'ä' });
  });

  test('makes it once for those who ask at the same time', async () => {
    let made = 0;
    const get = () => cache.through(key, { seconds: 60, tags }, async () => ++made);
    expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
  });

  test.each([['a'], ['b'], ['x', 'b']])('forgets by the tag %s', async (...names) => {
    let made = 0;
    const get = () => cache.through(key, { seconds: 60, tags }, async () => ++made);
    await get();
    await cache.invalidate(['other']);
    expect(await get()).toBe(1);
    await cache.invalidate(names);
    expect(await get()).toBe(2);
  });

  test('does not keep what was made from before an invalidation', async () => {
    let state = 'before';
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const first = cache.through(key, { seconds: 60, tags }, async () => {
      const seen = state;
      await gate;
      return seen;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    state = 'after';
    await cache.invalidate(['a']);
    go();
    expect(await first).toBe('before');
    expect(await cache.through(key, { seconds: 60, tags }, async () => state)).toBe('after');
  });

  test('keeps no failure', async () => {
    const fails = cache.through(key, { seconds: 60, tags }, () => Promise.reject(new Error('no')));
    await expect(fails).rejects.toThrow('no');
    expect(await cache.through(key, { seconds: 60, tags }, async () => 'yes')).toBe('yes');
  });
}

describe('in memory', () => {
  cacheSuite(() => new MemoryCache());

  test('lets go of the least recently asked when it is full, and of what is old', async () => {
    let nowMs = 0;
    const cache = new MemoryCache({ mostBytes: 3000, nowMs: () => nowMs });
    let made = 0;
    const get = (key: string) =>
      cache.through(key, { seconds: 10, tags: [] }, async () => `${++made}`.padEnd(900, ' '));
    await get('a');
    await get('b');
    await get('c');
    await get('a');
    await get('d');
    expect((await get('a')).trim()).toBe('1');
    expect((await get('b')).trim()).toBe('5');
    nowMs = 11_000;
    expect((await get('a')).trim()).toBe('6');
  });
});

describe.runIf(redisIsThere)('in Redis', () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  cacheSuite(() => new RedisCache(redis.url));

  test('is one for two servers, and is no use and no harm while it is gone', async () => {
    const [one, two] = [new RedisCache(redis.url), new RedisCache(redis.url)];
    await until(() => one.kind === 'redis' && two.kind === 'redis');
    let made = 0;
    const get = (cache: RedisCache) =>
      cache.through('shared', { seconds: 60, tags: ['t'] }, async () => ++made);
    expect([await get(one), await get(two)]).toEqual([1, 1]);
    await two.invalidate(['t']);
    expect([await get(one), await get(two)]).toEqual([2, 2]);
    await redis.kill();
    expect([await get(one), await get(two)]).toEqual([3, 4]);
    await one.invalidate(['t']);
    await until(() => one.kind === 'redis-gone');
    await redis.start();
    await until(() => one.kind === 'redis' && two.kind === 'redis');
    expect([await get(one), await get(two)]).toEqual([5, 5]);
    await Promise.all([one.close(), two.close()]);
  });
});
if (!redisIsThere) console.log('skipped: in Redis: redis-server is not installed');
