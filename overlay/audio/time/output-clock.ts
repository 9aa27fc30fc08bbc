/**
 * From the page's clock to the audio device's. `currentTime` moves in steps as the device asks for buffers, so a single look at it is wrong by up
 * to a buffer (10 ms is usual). Right after a step it is right, and that is the look with the smallest "page minus audio": the same estimate as
 * for the engine's clock. Sound that is given to the device at a time is heard `latencyMs` later.
 */
import { EngineClock } from '../../link/engine-clock.ts';

export class OutputClock {
  readonly #clock = new EngineClock();

  /** A look at both clocks at once; many are needed. */
  observe(audioS: number, pageMs: number): void {
    this.#clock.observe(audioS * 1000, pageMs);
  }

  /** Audio time, in seconds, at a page time; NaN before the first look. */
  audioS(pageMs: number): number {
    return this.#clock.stampMs(pageMs) / 1000;
  }

  /** After the device changed or the context stood still. */
  reset(): void {
    this.#clock.reset();
  }
}
