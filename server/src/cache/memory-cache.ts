/** A cache of one process: the least recently asked goes first, when its bytes are more than the bound. */
import type { Cache } from './cache.ts';
import { OnceAtATime } from './once-at-a-time.ts';

interface Entry {
  json: string;
  endsAtMs: number;
  tags: string[];
}

const defaultBytes = 64 << 20;

export class MemoryCache implements Cache {
  readonly kind = 'memory';
  /** In the order in which they were asked for, the oldest first. */
  readonly #entries = new Map<string, Entry>();
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #making = new OnceAtATime();
  readonly #mostBytes: number;
  readonly #nowMs: () => number;
  #bytes = 0;

  constructor(options: { mostBytes?: number; nowMs?: () => number } = {}) {
    this.#mostBytes = options.mostBytes ?? defaultBytes;
    this.#nowMs = options.nowMs ?? Date.now;
  }

  async through<Value>(
    key: string,
    { seconds, tags }: { seconds: number; tags: string[] },
    make: () => Promise<Value>,
  ): Promise<Value> {
    const known = this.#entries.get(key);
    if (known !== undefined && known.endsAtMs > this.#nowMs()) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return JSON.parse(known.json) as Value;
    }
    return await this.#making.run(key, tags, make, (json) => {
      this.#forget(key);
      this.#remember(key, { json, endsAtMs: this.#nowMs() + seconds * 1000, tags });
    });
  }

  async invalidate(tags: string[]): Promise<void> {
    this.#making.invalidate(tags);
    for (const tag of tags) for (const key of [...(this.#keysByTag.get(tag) ?? [])]) this.#forget(key);
  }

  async close(): Promise<void> {
    this.#entries.clear();
    this.#keysByTag.clear();
    this.#bytes = 0;
  }

  #remember(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#bytes += entry.json.length;
    for (const tag of entry.tags) {
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
    this.#bytes -= entry.json.length;
    for (const tag of entry.tags) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }
}
