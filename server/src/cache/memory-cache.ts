/** A cache for one server: the values that were used last, up to a number of bytes. Values are kept as JSON, so that a reader cannot change them for others. */
import type { Cache } from './cache.ts';

const defaultBytes = 64 * 1024 * 1024;
/** What a value costs beside its text. */
const entryBytes = 200;

interface Entry {
  json: string;
  bytes: number;
  tags: string[];
  endsAtMs: number;
}

interface Making {
  value: Promise<unknown>;
  tags: string[];
}

export interface MemoryCacheOptions {
  mostBytes?: number;
  nowMs?: () => number;
}

export class MemoryCache implements Cache {
  readonly kind = 'memory';
  readonly #mostBytes: number;
  readonly #nowMs: () => number;
  /** The one that was used longest ago is first. */
  readonly #entries = new Map<string, Entry>();
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #making = new Map<string, Making>();
  #bytes = 0;

  constructor({ mostBytes = defaultBytes, nowMs = Date.now }: MemoryCacheOptions = {}) {
    this.#mostBytes = mostBytes;
    this.#nowMs = nowMs;
  }

  /** Of all values. */
  get bytes(): number {
    return this.#bytes;
  }

  async through<Value>(
    key: string,
    { seconds, tags }: { seconds: number; tags: string[] },
    make: () => Promise<Value>,
  ): Promise<Value> {
    const kept = this.#get(key);
    if (kept !== undefined) return JSON.parse(kept) as Value;
    const running = this.#making.get(key);
    if (running !== undefined) return structuredClone((await running.value) as Value);
    const making: Making = { value: make(), tags };
    this.#making.set(key, making);
    try {
      const value = (await making.value) as Value;
      // Whoever was forgotten while it was made is not kept.
      if (this.#making.get(key) === making) this.#keep(key, value, { seconds, tags });
      return value;
    } finally {
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }

  async invalidate(tags: string[]): Promise<void> {
    const keys = tags.flatMap((tag) => [...(this.#keysByTag.get(tag) ?? [])]);
    for (const key of keys) this.#forget(key);
    for (const [key, making] of this.#making)
      if (making.tags.some((tag) => tags.includes(tag))) this.#making.delete(key);
  }

  async close(): Promise<void> {
    for (const key of [...this.#entries.keys()]) this.#forget(key);
    this.#making.clear();
  }

  #get(key: string): string | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.endsAtMs <= this.#nowMs()) {
      this.#forget(key);
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.json;
  }

  #keep(key: string, value: unknown, { seconds, tags }: { seconds: number; tags: string[] }): void {
    const json = JSON.stringify(value);
    // Two bytes a character at most; no JSON at all is `undefined`, which is not worth keeping.
    const bytes = 2 * ((json?.length ?? this.#mostBytes) + key.length) + entryBytes;
    if (bytes > this.#mostBytes) return;
    this.#forget(key);
    this.#entries.set(key, { json, bytes, tags, endsAtMs: this.#nowMs() + seconds * 1000 });
    this.#bytes += bytes;
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag) ?? new Set();
      this.#keysByTag.set(tag, keys.add(key));
    }
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    for (const tag of entry.tags) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }
}
