/** What drawing cost the page's thread, for `window.__racingCoach`, where the measurement reads it. */
const kept = 4096;

export class FrameLog {
  readonly #ms: number[] = [];
  #next = 0;

  /** @param ms from the beginning of an animation frame to the end of drawing; only of frames in which something was drawn */
  note(ms: number): void {
    this.#ms[this.#next % kept] = ms;
    this.#next += 1;
  }

  /** The last frames' times in no order, and how many frames there were in all. */
  list(): { ms: number[]; drawn: number } {
    return { ms: this.#ms.slice(), drawn: this.#next };
  }
}
