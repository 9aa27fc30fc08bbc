/** Saves OBS' replay buffer ten seconds after the line of a personal best, so that the lap and its first cheer are in it, and warns in time when they would not be. */
import type { LapEvent } from '@racing-coach/contract';
import { lapTimeText } from '../cli/format.ts';
import { ObsFailure } from './obs-client.ts';
import type { ObsDeskParts } from './obs-parts.ts';
import { bufferNotRunning, bufferTooShort, savedNotConnected, saveFailed } from './obs-words.ts';
import { PersonalBest } from './personal-best.ts';
import { readReplayBuffer } from './replay-buffer.ts';

export const savesAfterS = 10;
/** The time of a lap comes within seconds: older crossings of the line are of no use. */
const mostCrossings = 4;

export class BestLapSaver {
  readonly #parts: ObsDeskParts;
  readonly #wanted: () => boolean;
  readonly #best = new PersonalBest();
  /** When each lap crossed the line, by stint and lap; its official time comes up to three seconds later. */
  readonly #crossedAtMs = new Map<string, number>();
  #order: Promise<void> = Promise.resolve();
  #cancelSave = () => {};

  /** @param wanted whether laps are to be saved now; best times are followed all the same */
  constructor(parts: ObsDeskParts, wanted: () => boolean) {
    this.#parts = parts;
    this.#wanted = wanted;
  }

  /** Another track or car. */
  begin(place: string, load: () => Promise<number | null>): void {
    this.#best.begin(place, load);
    void this.check();
  }

  /** Both of a lap: the one at the line, and the one with its time. */
  lap(event: LapEvent): void {
    if (!event.settled) this.#crossed(event);
    else this.#order = this.#order.then(() => this.#settled(event));
  }

  /** Looks whether a lap like the best one would fit; says what is to be done. */
  async check(): Promise<void> {
    const bestS = await this.#best.best();
    if (bestS !== null && this.#wanted()) await this.#checkFor(bestS);
  }

  /** Resolves when every lap so far was looked at. */
  idle(): Promise<void> {
    return this.#order;
  }

  close(): void {
    this.#cancelSave();
  }

  #crossed(event: LapEvent): void {
    this.#crossedAtMs.set(keyOf(event), this.#parts.nowMs());
    for (const key of this.#crossedAtMs.keys())
      if (this.#crossedAtMs.size > mostCrossings) this.#crossedAtMs.delete(key);
  }

  async #settled(event: LapEvent): Promise<void> {
    const { nowMs, later } = this.#parts;
    const crossedAtMs = this.#crossedAtMs.get(keyOf(event)) ?? nowMs();
    if (!(await this.#best.isBest(event)) || event.lapTimeS === null || !this.#wanted()) return;
    const { lapTimeS } = event;
    const waitMs = Math.max(0, crossedAtMs + savesAfterS * 1000 - nowMs());
    this.#cancelSave();
    this.#cancelSave = later(waitMs, () => void this.#save(lapTimeS));
    await this.#checkFor(lapTimeS);
  }

  async #save(lapTimeS: number): Promise<void> {
    const { client, warn, tell } = this.#parts;
    const obs = client();
    if (obs === null) return warn('replay', savedNotConnected);
    try {
      await obs.call('SaveReplayBuffer');
      warn('replay', null);
      tell(`OBS saved your best lap: ${lapTimeText(lapTimeS)}.`);
    } catch (thrown) {
      warn('replay', saveFailed(ObsFailure.from(thrown)));
    }
  }

  async #checkFor(lapTimeS: number): Promise<void> {
    const { client, warn } = this.#parts;
    const obs = client();
    if (obs === null) return;
    try {
      const { running, seconds } = await readReplayBuffer(obs);
      const needS = Math.ceil(lapTimeS + savesAfterS);
      if (!running) warn('buffer', bufferNotRunning);
      else warn('buffer', seconds < needS ? bufferTooShort(seconds, needS) : null);
    } catch {
      // OBS went away meanwhile: the link says so.
    }
  }
}

const keyOf = ({ stint, lap }: LapEvent) => `${stint}:${lap}`;
