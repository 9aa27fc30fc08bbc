/**
 * How fast the source runs against the wall: 1 live, N in a replay at N times speed, 0 when paused. A page extrapolates
 * by it. Taken from session time over read time across at least half a second, because the sim's session clock jumps by
 * two ticks now and then.
 */
const windowMs = 500;
const fastest = 64;

export class PlaybackRate {
  value = 1;
  #startSessionS = Number.NaN;
  #startMs = Number.NaN;

  observe(sessionTimeS: number, readAtMs: number): void {
    const elapsedMs = readAtMs - this.#startMs;
    if (elapsedMs >= 0 && elapsedMs < windowMs) return;
    const rate = ((sessionTimeS - this.#startSessionS) * 1000) / elapsedMs;
    // A new session or a long silence says nothing about speed: start again.
    if (rate >= 0 && rate <= fastest && elapsedMs < 4 * windowMs) this.value = settle(rate);
    this.#startSessionS = sessionTimeS;
    this.#startMs = readAtMs;
  }
}

/** Real time is by far the commonest: within the clock's own jitter it is exactly 1. */
const settle = (rate: number) => (Math.abs(rate - 1) < 0.1 ? 1 : rate);
