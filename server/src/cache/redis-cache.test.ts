import { afterAll, describe, expect, test } from 'vitest';
import { redisMissing, TestRedis } from '../redis/testing/start-redis.ts';
import type { Cache } from './cache.ts';
import { RedisCache } from './redis-cache.ts';
import { cacheSuite } from './testing/cache-suite.ts';

const missing = redisMissing();
if (missing !== null) console.log(`skipped: the cache in Redis: ${missing}`);

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}
const isReady = (cache: Cache) => until(() => cache.kind === 'redis');

describe.skipIf(missing !== null)('the cache in Redis', async () => {
  if (missing !== null) return;
  const redis = await TestRedis.start();
  const opened: Cache[] = [];
  const open = () => {
    const cache = new RedisCache(redis.url);
    opened.push(cache);
    return cache;
  };
  afterAll(async () => {
    for (const cache of opened) await cache.close();
    await redis.kill();
  });
  cacheSuite(open, isReady);
  const options = { seconds: 60, tags: ['shared'] };

  test('two servers share values, and one forgets for both', async () => {
    const [one, two] = [open(), open()];
    await Promise.all([isReady(one), isReady(two)]);
    expect(await one.through('both', options, async () => 1)).toBe(1);
    expect(await two.through('both', options, async () => 2)).toBe(1);
    await two.invalidate(['shared']);
    expect(await one.through('both', options, async () => 3)).toBe(3);
    expect(await two.through('both', options, async () => 4)).toBe(3);
  });

  test('what one server forgets while another makes it is not kept', async () => {
    const [one, two] = [open(), open()];
    await Promise.all([isReady(one), isReady(two)]);
    const stale = one.through('made meanwhile', options, async () => {
      await two.invalidate(['shared']);
      return 'stale';
    });
    expect(await stale).toBe('stale');
    expect(await two.through('made meanwhile', options, async () => 'fresh')).toBe('fresh');
    expect(await one.through('made meanwhile', options, async () => 'later')).toBe('fresh');
  });

  test('Redis killed in the middle: requests go on, nothing that was forgotten comes back, and it is used again', async () => {
    const [one, two] = [open(), open()];
    await Promise.all([isReady(one), isReady(two)]);
    await one.through('survivor', options, async () => 1);
    const killed = one.through('in the middle', options, async () => {
      await redis.kill();
      return 'made';
    });
    expect(await killed).toBe('made');
    await until(() => one.kind === 'redis-gone' && two.kind === 'redis-gone');
    expect(await one.through('survivor', options, async () => 2)).toBe(2);
    await one.invalidate(['shared']);
    await redis.start();
    await Promise.all([isReady(one), isReady(two)]);
    expect(await two.through('again', options, async () => 'first')).toBe('first');
    expect(await one.through('again', options, async () => 'second')).toBe('first');
  });
});
