/**
 * Whether a lap is a personal best: officially timed, valid, complete, and faster than what the store knew of this track and car before the session and
 * than every such lap since. The first lap of all is no best: there is nothing that it is better than.
 */
import type { LapEvent } from '@racing-coach/contract';

export class PersonalBest {
  #place = '';
  #bestS: number | null = null;
  #loaded: Promise<void> = Promise.resolve();

  /** @param place track and car; @param load the store's best time in seconds, asked for once for each place in a row */
  begin(place: string, load: () => Promise<number | null>): void {
    if (place === this.#place) return;
    this.#place = place;
    this.#bestS = null;
    this.#loaded = load().then(
      (bestS) => {
        if (place === this.#place) this.#take(bestS);
      },
      // A store that does not answer costs the comparison with earlier days, not the session's own.
      () => {},
    );
  }

  /** Seconds; null before there is one. */
  async best(): Promise<number | null> {
    await this.#loaded;
    return this.#bestS;
  }

  /** Laps are to be given in their order. */
  async isBest(lap: LapEvent): Promise<boolean> {
    await this.#loaded;
    const before = this.#bestS;
    if (!counts(lap)) return false;
    this.#take(lap.lapTimeS);
    return before !== null && lap.lapTimeS < before;
  }

  #take(lapTimeS: number | null): void {
    if (lapTimeS !== null) this.#bestS = Math.min(lapTimeS, this.#bestS ?? lapTimeS);
  }
}

function counts(lap: LapEvent): lap is LapEvent & { lapTimeS: number } {
  return lap.settled && lap.timeSource === 'official' && lap.valid && lap.complete && lap.lapTimeS !== null;
}
