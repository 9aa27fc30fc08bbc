/** What drawing cost the page's thread, for `window.__racingCoach`, where the measurement reads it. Takes no memory beyond what it begins with. */
const kept = 4096;

export class FrameLog {
  readonly #ms = new Float64Array(kept);
  #next = 0;

  /** @param ms from the beginning of an animation frame to the end of drawing; only of frames in which something was drawn */
  note(ms: number): void {
    this.#ms[this.#next % kept] = ms;
    this.#next += 1;
  }

  /** The last frames' times in no order, and how many frames there were in all. */
  list(): { ms: number[]; drawn: number } {
    return { ms: Array.from(this.#ms.subarray(0, Math.min(kept, this.#next))), drawn: this.#next };
  }

  clear(): void {
    this.#next = 0;
  }
}
