/** Says when the window has a new size, once it has stopped changing: making every object again is not for each frame of a drag. */
import type { StageSize } from './layout.ts';

const settledAfterMs = 150;

const same = (a: StageSize, b: StageSize) =>
  a.width === b.width && a.height === b.height && a.devicePixelRatio === b.devicePixelRatio;

export class SizeWatch {
  #current: StageSize;
  #next: StageSize;
  #sinceMs = 0;

  constructor(size: StageSize) {
    this.#current = size;
    this.#next = size;
  }

  /** The new size, once; null while nothing changed or it still changes. */
  settled(size: StageSize, nowMs: number): StageSize | null {
    if (!same(size, this.#next)) {
      this.#next = size;
      this.#sinceMs = nowMs;
    }
    if (same(this.#next, this.#current) || nowMs - this.#sinceMs < settledAfterMs) return null;
    this.#current = this.#next;
    return this.#current;
  }
}
