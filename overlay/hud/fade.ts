/** Appearing and leaving: ease-out over `motion.appearMs`, in steps, so that a settled widget stops asking for frames. */
import { motion } from './tokens.ts';

const steps = 12;

export class Fade {
  #from = 0;
  #target = 0;
  #sinceMs = Number.NEGATIVE_INFINITY;

  /** Opacity now, 0 to 1 in twelfths. With reduced motion it switches at once. */
  at(target: number, nowMs: number, reducedMotion: boolean): number {
    if (target !== this.#target) {
      this.#from = this.#value(nowMs);
      this.#target = target;
      this.#sinceMs = reducedMotion ? Number.NEGATIVE_INFINITY : nowMs;
    }
    return Math.round(this.#value(nowMs) * steps) / steps;
  }

  #value(nowMs: number): number {
    const part = Math.min(1, (nowMs - this.#sinceMs) / motion.appearMs);
    const eased = 1 - (1 - part) ** 3;
    return this.#from + (this.#target - this.#from) * eased;
  }
}
