/**
 * What the driver may ask for, always as the engine says it now. Nothing old is kept: of laps and fuel the engine's newest word counts, another track or car
 * ends all of it, and flags are those of a snapshot that has just come.
 */
import type { HubMessage } from '@racing-coach/contract';

type Message<Type extends HubMessage['type']> = Extract<HubMessage, { type: Type }>;

export interface DriverFacts {
  /** The sim's flag bits; null while no snapshot comes. */
  sessionFlags: number | null;
  /** Laps that the fuel lasts, by the driver's own last laps; null before there are any. */
  fuelLaps: number | null;
  /** Litres in the tank; null where the sim does not tell. */
  fuelL: number | null;
  lastLapS: number | null;
  /** Of the laps of this session that count. */
  bestLapS: number | null;
}

/** Nothing is known. */
export const noFacts: DriverFacts = {
  sessionFlags: null,
  fuelLaps: null,
  fuelL: null,
  lastLapS: null,
  bestLapS: null,
};

/** Sixty snapshots come in a second: after this long without one the sim has gone. */
const flagsLastMs = 1000;

export class DriverFactBook {
  #facts: DriverFacts = noFacts;
  #snapshotMs = Number.NEGATIVE_INFINITY;
  #place = '';

  now(nowMs: number): DriverFacts {
    const { sessionFlags, ...rest } = this.#facts;
    return { ...rest, sessionFlags: nowMs - this.#snapshotMs > flagsLastMs ? null : sessionFlags };
  }

  flags(sessionFlags: number, nowMs: number): void {
    if (sessionFlags !== this.#facts.sessionFlags) this.#facts = { ...this.#facts, sessionFlags };
    this.#snapshotMs = nowMs;
  }

  take(message: HubMessage): void {
    if (message.type === 'session') this.#session(message);
    else if (message.type === 'fuel')
      this.#facts = { ...this.#facts, fuelLaps: message.lapsLeft, fuelL: message.levelL };
    else if (message.type === 'laps') this.#facts = { ...this.#facts, ...lapFacts(message) };
    else if (message.type === 'event' && message.event.type === 'lap' && !message.event.settled)
      this.#facts = { ...this.#facts, lastLapS: message.event.lapTimeS ?? this.#facts.lastLapS };
  }

  /** The hub has gone. */
  forget(): void {
    this.#facts = noFacts;
    this.#snapshotMs = Number.NEGATIVE_INFINITY;
  }

  /** Told again for the same car on the same track, with whose next session the engine lists the laps anew and the fuel stays. */
  #session({ sim, track, config, car }: Message<'session'>): void {
    const place = JSON.stringify([sim, track, config, car]);
    if (place !== this.#place) this.#facts = { ...noFacts, sessionFlags: this.#facts.sessionFlags };
    this.#place = place;
  }
}

/** The newest lap with a time; the best by its distance to it, as twenty laps later the list holds it no more. */
function lapFacts({ laps }: Message<'laps'>): Pick<DriverFacts, 'lastLapS' | 'bestLapS'> {
  const timed = laps.filter(({ lapTimeS }) => lapTimeS !== null);
  const last = timed.at(-1);
  const compared = timed.findLast(({ toBestS }) => toBestS !== null);
  const bestLapS = compared === undefined ? null : (compared.lapTimeS ?? 0) - (compared.toBestS ?? 0);
  return { lastLapS: last?.lapTimeS ?? null, bestLapS };
}
