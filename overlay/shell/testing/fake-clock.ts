/** Time that stands still until a test moves it. */

interface Timer {
  atMs: number;
  run: () => void;
}

export class FakeClock {
  #nowMs = 0;
  #timers: Timer[] = [];

  readonly nowMs = () => this.#nowMs;

  readonly later = (ms: number, run: () => void) => {
    const timer = { atMs: this.#nowMs + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** Timers run in order, those that they set as well. */
  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = endMs;
  }

  get waiting(): number {
    return this.#timers.length;
  }
}
