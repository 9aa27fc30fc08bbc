/**
 * Says flags when they appear. Of several that come together the most urgent is called, and the others are taken as seen with it. A flag that goes and
 * comes back within ten seconds (blue flags flicker with the gap) is the same one; a yellow that begins to be waved, or becomes one for the whole course,
 * is another. Who is not driving is told nothing; what is out when he comes on the track is news to him.
 *
 * A pure state machine over (bits, time).
 */
import { type Flag, flags } from './flag-table.ts';

export interface FlagCall {
  words: string;
  /** An alarm belongs before it. */
  danger: boolean;
}

export const sameFlagMs = 10_000;

interface Seen {
  atMs: number;
  danger: boolean;
}

export class FlagCaller {
  readonly #seen = new Map<Flag, Seen>();

  step(sessionFlags: number, driving: boolean, nowMs: number): FlagCall | null {
    if (!driving) {
      this.forget();
      return null;
    }
    let call: FlagCall | null = null;
    for (const flag of flags) {
      if (!flag.called || (sessionFlags & flag.bits) === 0) continue;
      const danger = (sessionFlags & flag.dangerBits) !== 0;
      const before = this.#seen.get(flag);
      const known = before !== undefined && nowMs - before.atMs < sameFlagMs && (before.danger || !danger);
      if (!known) call ??= { words: flag.words, danger };
      this.#seen.set(flag, { atMs: nowMs, danger: danger || (known && before.danger) });
    }
    return call;
  }

  forget(): void {
    this.#seen.clear();
  }
}
