/**
 * Which corner verdict is on show. The core decides what is worth showing (`show`); the board only keeps the driver's
 * eyes free: shown on a straight only, for as long as the settings say. In a row of corners it waits for the straight behind them, the
 * costliest one if there are several; what finds no straight for too long is dropped.
 */
import type { CornerEvent, HubReference } from '@racing-coach/contract';
import type { ShownVerdict } from './frame.ts';
import { motion } from './tokens.ts';

export class VerdictBoard {
  #waiting: ShownVerdict | null = null;
  #arrivedMs = 0;
  #shownSinceMs = Number.NaN;

  /** A newer verdict takes the place of one that has been seen, and of one that waits and cost less. */
  offer(event: CornerEvent, reference: HubReference | null, nowMs: number): void {
    if (!event.show || this.#hasCostlier(event.deltaS, nowMs)) return;
    const corner = reference?.corners.find(({ id }) => id === event.cornerId);
    this.#waiting = { deltaS: event.deltaS, corner: corner ?? { name: null, id: event.cornerId } };
    this.#arrivedMs = nowMs;
    this.#shownSinceMs = Number.NaN;
  }

  /** @param staysMs how long it is shown */
  at(nowMs: number, mayShow: boolean, staysMs: number): ShownVerdict | null {
    if (this.#waiting === null) return null;
    const shown = !Number.isNaN(this.#shownSinceMs);
    const over = shown
      ? !mayShow || nowMs - this.#shownSinceMs >= staysMs
      : nowMs - this.#arrivedMs > motion.verdictStaleMs;
    if (over) this.clear();
    else if (mayShow && !shown) this.#shownSinceMs = nowMs;
    return Number.isNaN(this.#shownSinceMs) ? null : this.#waiting;
  }

  clear(): void {
    this.#waiting = null;
    this.#shownSinceMs = Number.NaN;
  }

  #hasCostlier(deltaS: number, nowMs: number): boolean {
    if (this.#waiting === null || !Number.isNaN(this.#shownSinceMs)) return false;
    return this.#waiting.deltaS > deltaS && nowMs - this.#arrivedMs <= motion.verdictStaleMs;
  }
}
