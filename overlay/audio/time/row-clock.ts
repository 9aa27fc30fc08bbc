/**
 * When a row was read, in the page's time. Events name their row, snapshots name row and time; an event arrives just before the snapshot of its
 * row. So the last snapshot's time is carried on by the rows between, at the rate that snapshots show.
 */
import type { Snapshot } from '@racing-coach/contract';
import { EngineClock } from '../../link/engine-clock.ts';

/** iRacing's 60 Hz, until snapshots say otherwise. */
const usualRowMs = 1000 / 60;
/** From a replay at 64 times speed to a source of 10 Hz. */
const [shortestRowMs, longestRowMs] = [0.2, 100];
/** An event is never older than this when it arrives; more means that rows and clock do not belong together. */
const longestTransitMs = 100;

export class RowClock {
  readonly engine = new EngineClock();
  #sample = Number.NaN;
  #readAtMs = Number.NaN;
  #rowMs = usualRowMs;

  snapshot({ sample, readAtMs }: Pick<Snapshot, 'sample' | 'readAtMs'>, nowMs: number): void {
    this.engine.observe(readAtMs, nowMs);
    const rowMs = (readAtMs - this.#readAtMs) / (sample - this.#sample);
    if (rowMs >= shortestRowMs && rowMs <= longestRowMs) this.#rowMs += 0.1 * (rowMs - this.#rowMs);
    this.#sample = sample;
    this.#readAtMs = readAtMs;
  }

  /** Page time of a row that an event names, which has just arrived. */
  pageMs(sample: number, nowMs: number): number {
    const atMs = this.engine.pageMs(this.#readAtMs + (sample - this.#sample) * this.#rowMs);
    return atMs <= nowMs && atMs >= nowMs - longestTransitMs ? atMs : nowMs;
  }

  reset(): void {
    this.engine.reset();
    this.#sample = Number.NaN;
    this.#readAtMs = Number.NaN;
    this.#rowMs = usualRowMs;
  }
}
