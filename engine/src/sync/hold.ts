/** How long nothing is sent after a failure, and which one it was. Counted by the monotonic clock: a wall clock that is set moves nothing. */
import { backOffMs } from './back-off.ts';
import type { Later } from './server-answer.ts';
import type { SyncClock } from './sync-clock.ts';

export class Hold {
  readonly #clock: SyncClock;
  #failures = 0;
  #untilMs = 0;
  #failure: Later | null = null;

  constructor(clock: SyncClock) {
    this.#clock = clock;
  }

  /** 0 or less: it may be tried. */
  get leftMs(): number {
    return this.#untilMs - this.#clock.nowMs();
  }

  get failure(): Later | null {
    return this.#failure;
  }

  /** Longer with each failure in a row, and at least what the server asks for. */
  fail(failure: Later): void {
    this.#failures += 1;
    this.#failure = failure;
    const waitMs = backOffMs(this.#failures, this.#clock.random()) + (failure.retryAfterMs ?? 0);
    this.#untilMs = this.#clock.nowMs() + waitMs;
  }

  /** It went well: the next failure is a first one. */
  succeed(): void {
    this.#failures = 0;
  }

  /** What happened before counts no longer: it is tried again within so many ms. */
  forget(mostMs: number): void {
    this.#failures = 0;
    this.#untilMs = Math.min(this.#untilMs, this.#clock.nowMs() + this.#clock.random() * mostMs);
  }

  letGo(): void {
    this.#failures = 0;
    this.#untilMs = Number.NEGATIVE_INFINITY;
    this.#failure = null;
  }
}
