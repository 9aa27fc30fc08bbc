/** Counts that several servers share. While Redis is gone each counts for itself: limits grow by the number of servers, and nothing fails. */
import { Redis } from 'ioredis';
import { type Counts, windowOf } from './counts.ts';
import { MemoryCounts } from './memory-counts.ts';

export class RedisCounts implements Counts {
  readonly #redis: Redis;
  readonly #meanwhile: MemoryCounts;
  readonly #nowMs: () => number;

  constructor(url: string, nowMs: () => number = Date.now) {
    this.#nowMs = nowMs;
    this.#meanwhile = new MemoryCounts(nowMs);
    this.#redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: 2000,
      commandTimeout: 300,
      retryStrategy: (attempt) => Math.min(attempt * 200, 5000),
    });
    // Each failed attempt to connect is an event; whether Redis is there is seen where the cache says so.
    this.#redis.on('error', () => undefined);
  }

  async add(key: string, windowMs: number): Promise<{ count: number; endsInMs: number }> {
    const { index, endsInMs } = windowOf(this.#nowMs(), windowMs);
    const name = `racing-coach:limit:${windowMs}:${index}:${key}`;
    try {
      const [incremented] = (await this.#redis.multi().incr(name).pexpire(name, windowMs).exec()) ?? [];
      const count = Number(incremented?.[1]);
      if (incremented?.[0] === null && Number.isFinite(count)) return { count, endsInMs };
    } catch {
      // Falls through: whoever asks waits for no retry.
    }
    return this.#meanwhile.add(key, windowMs);
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }
}
