/** Lets a few through at once; some may wait, in order, and the rest are turned away. */
export class Gate {
  readonly #options: { atOnce: number; waiting: number; full: () => Error };
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(options: { atOnce: number; waiting: number; full: () => Error }) {
    this.#options = options;
  }

  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#inside >= this.#options.atOnce) {
      if (this.#waiting.length >= this.#options.waiting) throw this.#options.full();
      // Whoever leaves hands his place on, so `#inside` stays as it is.
      await new Promise<void>((enter) => this.#waiting.push(enter));
    } else this.#inside += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside -= 1;
      else next();
    }
  }
}
