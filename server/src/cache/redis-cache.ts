/**
 * A cache that several servers share. Each tag has a version; a value is kept under the versions that its tags had before it was made, so that one which was
 * made from what was there before an invalidation is never found again, on whichever server it was made. While Redis is gone nothing is kept.
 */
import { Redis } from 'ioredis';
import type { Cache } from './cache.ts';
import { OnceAtATime } from './once-at-a-time.ts';

const prefix = 'racing-coach:cache:';
/** Versions outlive every value. */
const versionsKeptS = 7 * 24 * 3600;

export class RedisCache implements Cache {
  readonly #redis: Redis;
  readonly #making = new OnceAtATime();

  constructor(url: string) {
    this.#redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: 2000,
      commandTimeout: 500,
      retryStrategy: (attempt) => Math.min(attempt * 200, 5000),
    });
    // Each failed attempt to connect is an event; `kind` tells.
    this.#redis.on('error', () => undefined);
  }

  get kind(): 'redis' | 'redis-gone' {
    return this.#redis.status === 'ready' ? 'redis' : 'redis-gone';
  }

  async through<Value>(
    key: string,
    { seconds, tags }: { seconds: number; tags: string[] },
    make: () => Promise<Value>,
  ): Promise<Value> {
    const versions = await this.#versions(tags);
    if (versions === null) return await this.#making.run(key, tags, make, () => undefined);
    const name = `${prefix}value:${key}:${versions.join('.')}`;
    const known = await this.#quietly(() => this.#redis.get(name));
    if (typeof known === 'string') return JSON.parse(known) as Value;
    return await this.#making.run(key, tags, make, async (json) => {
      await this.#quietly(() => this.#redis.set(name, json, 'EX', seconds));
    });
  }

  async invalidate(tags: string[]): Promise<void> {
    this.#making.invalidate(tags);
    if (tags.length === 0) return;
    await this.#quietly(async () => {
      const changes = this.#redis.multi();
      for (const tag of tags) changes.incr(tagName(tag)).expire(tagName(tag), versionsKeptS);
      await changes.exec();
    });
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  async #versions(tags: string[]): Promise<string[] | null> {
    if (tags.length === 0) return [];
    const found = await this.#quietly(() => this.#redis.mget(...tags.map(tagName)));
    return found?.map((version) => version ?? '0') ?? null;
  }

  /** Null when Redis does not answer: a cache that is gone fails nobody. */
  async #quietly<Value>(ask: () => Promise<Value>): Promise<Value | null> {
    try {
      return await ask();
    } catch {
      return null;
    }
  }
}

const tagName = (tag: string) => `${prefix}tag:${tag}`;
