/**
 * A number that people read: changes ten times a second at most, so that digits do not dance. Values are whole numbers
 * of the unit shown (hundredths, metres), null when there is nothing to show; appearing and vanishing is immediate.
 */
import { motion } from './tokens.ts';

export class HeldNumber {
  value: number | null = null;
  #sinceMs = Number.NEGATIVE_INFINITY;

  at(candidate: number | null, nowMs: number): number | null {
    const urgent = candidate === null || this.value === null;
    if (candidate !== this.value && (urgent || nowMs - this.#sinceMs >= motion.numberMs)) {
      this.value = candidate;
      this.#sinceMs = nowMs;
    }
    return this.value;
  }
}
