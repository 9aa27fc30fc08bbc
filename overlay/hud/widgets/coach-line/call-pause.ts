/**
 * A call of spotter or flags has two seconds to itself: who hears that a car comes alongside, or sees a flag, has no eyes for advice. The same
 * holds where nobody speaks it. While a car is alongside nothing is advised at all.
 */
import type { HudFrame } from '../../frame.ts';

const pauseMs = 2000;
/** Of `carLeftRight`: more than 1 is somebody alongside; 0 is not known. */
const clear = 1;
/** Checkered, white, yellow, red, blue, debris, yellow waving, caution and its waving, black, disqualified, furled, repair. */
const calledFlags =
  0x1 | 0x2 | 0x8 | 0x10 | 0x20 | 0x40 | 0x100 | 0x4000 | 0x8000 | 0x10000 | 0x20000 | 0x80000 | 0x100000;

export class CallPause {
  #calledMs = Number.NEGATIVE_INFINITY;
  #beside = 0;
  #flags = 0;

  /** Whether advice waits now. */
  holds({ snapshot, driven, fresh, nowMs }: HudFrame): boolean {
    if (!fresh || !driven) {
      this.#beside = 0;
      return false;
    }
    const { carLeftRight: beside } = snapshot;
    const flags = (snapshot.sessionFlags & calledFlags) >>> 0;
    const cameOrWent = beside !== this.#beside && (beside > clear || this.#beside > clear);
    const raised = (flags & ~this.#flags) !== 0;
    if (cameOrWent || raised) this.#calledMs = nowMs;
    this.#beside = beside;
    this.#flags = flags;
    return beside > clear || nowMs - this.#calledMs < pauseMs;
  }
}
