/** How the page fares, for the self-test: rate of the snapshots that arrive, and their age when they are drawn. */
import type { Health } from './frame.ts';

/** Long enough for a steady number, short enough to see a change. */
const windowMs = 1000;

export class HealthMeter {
  #startedMs = Number.NaN;
  #arrived = 0;
  #latencySumMs = 0;
  #drawn = 0;

  arrived(nowMs: number, into: Health): void {
    if (Number.isNaN(this.#startedMs)) {
      this.#startedMs = nowMs;
      return;
    }
    this.#arrived += 1;
    const passedMs = nowMs - this.#startedMs;
    if (passedMs < windowMs) return;
    into.rateHz = (this.#arrived * 1000) / passedMs;
    into.latencyMs = this.#drawn > 0 ? this.#latencySumMs / this.#drawn : Number.NaN;
    this.#begin(nowMs);
  }

  drawn(latencyMs: number): void {
    if (!Number.isFinite(latencyMs)) return;
    this.#latencySumMs += latencyMs;
    this.#drawn += 1;
  }

  /** The link is gone: what was measured holds no longer. */
  clear(into: Health): void {
    into.rateHz = Number.NaN;
    into.latencyMs = Number.NaN;
    this.#begin(Number.NaN);
  }

  #begin(nowMs: number): void {
    this.#startedMs = nowMs;
    this.#arrived = 0;
    this.#latencySumMs = 0;
    this.#drawn = 0;
  }
}
