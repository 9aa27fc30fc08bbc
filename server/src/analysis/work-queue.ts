/**
 * Work for the native core, which runs on libuv's threads and never on the one that serves: so many at a time as there are threads to spare, so many
 * waiting as can be done within seconds. More are refused at once, while that is still cheap.
 */
import { ProblemError } from '../problem-error.ts';

const retryAfterS = 2;

export class WorkQueue {
  readonly #concurrency: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(options: { concurrency: number; mostWaiting: number }) {
    this.#concurrency = options.concurrency;
    this.#mostWaiting = options.mostWaiting;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @throws ProblemError `busy` when too much waits */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#concurrency) this.#running += 1;
    else if (this.#waiting.length >= this.#mostWaiting) throw new ProblemError('busy', { retryAfterS });
    // Who ends hands his place on, so that nobody who comes then is faster than one who waits.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
