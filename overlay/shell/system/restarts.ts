/**
 * When to start something again that died: the engine's process, a window's page. The first restart comes quickly, each further one waits twice
 * as long; too many deaths within a while mean that restarting does not help, and then it stops and is said. A death that long lies back no
 * longer counts, in either respect.
 */

export interface RestartLimits {
  firstWaitMs: number;
  longestWaitMs: number;
  /** So many deaths within `withinMs` are the end. */
  mostDeaths: number;
  withinMs: number;
}

/** A process that holds the sim and the lap store: seconds of it missing are noticed, minutes of restarts are worse. */
export const engineRestarts: RestartLimits = {
  firstWaitMs: 500,
  longestWaitMs: 15_000,
  mostDeaths: 5,
  withinMs: 5 * 60_000,
};

/** A page is small and starts fast; a graphics driver that restarts takes every page with it a few times over. */
export const pageRestarts: RestartLimits = {
  firstWaitMs: 250,
  longestWaitMs: 10_000,
  mostDeaths: 6,
  withinMs: 2 * 60_000,
};

export type AfterDeath = { kind: 'wait'; ms: number } | { kind: 'give-up' };

export class Restarts {
  readonly #limits: RestartLimits;
  #deathsMs: number[] = [];

  constructor(limits: RestartLimits) {
    this.#limits = limits;
  }

  /** Deaths that count now. */
  get deaths(): number {
    return this.#deathsMs.length;
  }

  died(nowMs: number): AfterDeath {
    const { firstWaitMs, longestWaitMs, mostDeaths, withinMs } = this.#limits;
    this.#deathsMs = [...this.#deathsMs.filter((atMs) => nowMs - atMs < withinMs), nowMs];
    if (this.deaths >= mostDeaths) return { kind: 'give-up' };
    return { kind: 'wait', ms: Math.min(longestWaitMs, firstWaitMs * 2 ** (this.deaths - 1)) };
  }

  /** The user tries again. */
  forget(): void {
    this.#deathsMs = [];
  }
}
