/** Time and chance of sync, as arguments; and the moment at which they show that the machine slept. */

export interface SyncClock {
  /** Monotonic. */
  nowMs(): number;
  date(): Date;
  /** Returns what takes it back. */
  later(ms: number, run: () => void): () => void;
  /** 0 to 1. */
  random(): number;
}

/** Clocks of one machine differ by less between two looks. */
const jumpMs = 60_000;

export class ClockJumps {
  readonly #clock: SyncClock;
  #before: { monotonicMs: number; wallMs: number } | null = null;

  constructor(clock: SyncClock) {
    this.#clock = clock;
  }

  /** Whether the wall clock and the monotonic one went on differently since the last call: the machine slept, or its clock was set. */
  jumped(): boolean {
    const now = { monotonicMs: this.#clock.nowMs(), wallMs: this.#clock.date().getTime() };
    const before = this.#before;
    this.#before = now;
    if (before === null) return false;
    const apartMs = now.wallMs - before.wallMs - (now.monotonicMs - before.monotonicMs);
    return Math.abs(apartMs) >= jumpMs;
  }
}
