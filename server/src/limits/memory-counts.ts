import { type Counts, windowOf } from './counts.ts';

/** What many addresses at once can cost: about 20 MB. Beyond that all new ones share one count. */
const mostKeys = 100_000;

export class MemoryCounts implements Counts {
  readonly #nowMs: () => number;
  readonly #windows = new Map<number, { index: number; counts: Map<string, number> }>();

  constructor(nowMs: () => number = Date.now) {
    this.#nowMs = nowMs;
  }

  async add(key: string, windowMs: number): Promise<{ count: number; endsInMs: number }> {
    const { index, endsInMs } = windowOf(this.#nowMs(), windowMs);
    let window = this.#windows.get(windowMs);
    if (window?.index !== index) {
      window = { index, counts: new Map() };
      this.#windows.set(windowMs, window);
    }
    const { counts } = window;
    const counted = counts.size >= mostKeys && !counts.has(key) ? '' : key;
    const count = (counts.get(counted) ?? 0) + 1;
    counts.set(counted, count);
    return { count, endsInMs };
  }

  async close(): Promise<void> {
    this.#windows.clear();
  }
}
