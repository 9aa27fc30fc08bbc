/**
 * A cache that several servers share. Each tag has a version in Redis, made of random bits; a value is kept with the versions that its tags had before it
 * was made, and counts only while they are still these. So whatever was made of what a tag stands for is forgotten by one write, on every server,
 * also what another server is making at this moment. A version that Redis dropped is a version that is another.
 *
 * While Redis is gone everything is made anew, and what is to be forgotten is remembered until it is back.
 */
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectRedis } from '../redis/connect-redis.ts';
import type { Cache } from './cache.ts';

const prefix = 'racing-coach:cache:';
const valueName = (key: string) => `${prefix}value:${key}`;
const tagName = (tag: string) => `${prefix}tag:${tag}`;
/** Longer than any value: a tag that runs out takes its values with it in any case. */
const tagLifeS = 7 * 24 * 3600;
const largestValueBytes = 4 * 1024 * 1024;
/** A tag of every value: what is to be forgotten when too many tags wait. */
const everything = '*';
const mostWaiting = 10_000;

const newVersion = () => randomBytes(12).toString('base64url');

interface Stored {
  versions: string[];
  json: string;
}

export class RedisCache implements Cache {
  readonly #redis: Redis;
  /** To be forgotten as soon as Redis is back. */
  #waiting = new Set<string>();
  readonly #making = new Map<string, { value: Promise<unknown>; tags: string[] }>();

  constructor(url: string) {
    this.#redis = connectRedis(url);
    this.#redis.on('ready', () => void this.#forgetWaiting());
  }

  get kind(): 'redis' | 'redis-gone' {
    return this.#redis.status === 'ready' ? 'redis' : 'redis-gone';
  }

  async through<Value>(
    key: string,
    options: { seconds: number; tags: string[] },
    make: () => Promise<Value>,
  ): Promise<Value> {
    const running = this.#making.get(key);
    if (running !== undefined) return structuredClone((await running.value) as Value);
    const making = { value: this.#through(key, options, make), tags: options.tags };
    this.#making.set(key, making);
    try {
      return (await making.value) as Value;
    } finally {
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }

  async #through<Value>(
    key: string,
    { seconds, tags }: { seconds: number; tags: string[] },
    make: () => Promise<Value>,
  ): Promise<Value> {
    const all = [everything, ...tags];
    const versions = await this.#orNull(() => this.#versions(all));
    if (versions !== null) {
      const stored = await this.#orNull(() => this.#redis.get(valueName(key)));
      const json = stored === null ? null : currentJson(stored, versions);
      if (json !== null) return JSON.parse(json) as Value;
    }
    const value = await make();
    if (versions !== null)
      await this.#orNull(() => this.#keep(key, value, { seconds, names: all.map(tagName), versions }));
    return value;
  }

  /** Of tags that have none yet, new ones; null while some of them are to be forgotten. */
  async #versions(tags: string[]): Promise<string[] | null> {
    if (tags.some((tag) => this.#waiting.has(tag))) return null;
    const names = tags.map(tagName);
    const found = await this.#redis.mget(names);
    const missing = names.filter((_, index) => found[index] === null);
    if (missing.length === 0) return found as string[];
    const setting = this.#redis.multi();
    for (const name of missing) setting.set(name, newVersion(), 'EX', tagLifeS, 'NX');
    await setting.exec();
    const now = await this.#redis.mget(names);
    return now.includes(null) ? null : (now as string[]);
  }

  async #keep(
    key: string,
    value: unknown,
    { seconds, names, versions }: { seconds: number; names: string[]; versions: string[] },
  ): Promise<void> {
    const json = JSON.stringify(value);
    if (json === undefined || json.length > largestValueBytes) return;
    // Already forgotten: it would only take the place of a newer one.
    const now = await this.#redis.mget(names);
    if (now.some((version, index) => version !== versions[index])) return;
    const text = JSON.stringify({ versions, json } satisfies Stored);
    await this.#redis.set(valueName(key), text, 'EX', Math.max(1, Math.min(seconds, tagLifeS - 1)));
  }

  async invalidate(tags: string[]): Promise<void> {
    for (const tag of tags) this.#waiting.add(tag);
    if (this.#waiting.size > mostWaiting) this.#waiting = new Set([everything]);
    for (const [key, making] of this.#making)
      if (making.tags.some((tag) => tags.includes(tag))) this.#making.delete(key);
    await this.#forgetWaiting();
  }

  async #forgetWaiting(): Promise<void> {
    const tags = [...this.#waiting];
    if (tags.length === 0) return;
    const done = await this.#orNull(async () => {
      const setting = this.#redis.multi();
      for (const tag of tags) setting.set(tagName(tag), newVersion(), 'EX', tagLifeS);
      return await setting.exec();
    });
    if (done?.every(([error]) => error === null)) for (const tag of tags) this.#waiting.delete(tag);
  }

  async #orNull<Result>(ask: () => Promise<Result>): Promise<Result | null> {
    if (this.#redis.status !== 'ready') return null;
    try {
      return await ask();
    } catch {
      // Gone, slow or full: the cache then knows nothing.
      return null;
    }
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }
}

/** The JSON of a value whose versions are still those of its tags. */
function currentJson(text: string, versions: string[]): string | null {
  const stored = JSON.parse(text) as Stored;
  const same =
    stored.versions.length === versions.length &&
    stored.versions.every((version, index) => version === versions[index]);
  return same ? stored.json : null;
}
