/** Answers to what the driver asks for by a key: flags, fuel, lap times. What is not known is said to be so; nothing old is read out. */
import type { LapEvent, SoundCommand } from '@racing-coach/contract';
import { newestFlag } from '../flags/flag-table.ts';
import type { Saying } from './coach-words.ts';

export interface DriverFacts {
  /** The sim's flag bits of the newest snapshot. */
  sessionFlags: number;
  /** Laps that the fuel lasts, by the driver's own last laps; null before there are any. */
  fuelLaps: number | null;
  /** Litres in the tank; null where the sim does not tell. */
  fuelL: number | null;
  lastLapS: number | null;
  bestLapS: number | null;
}

/** An answer is wanted now. */
const patienceMs = 1500;

type Question = Extract<SoundCommand, `say-${string}`>;

export function answer(question: Question, facts: DriverFacts): Saying {
  const words = answers[question](facts);
  const caption = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return { caption, speech: [words], rank: 'request', priority: 0, patienceMs, endInMs: null };
}

const answers: Record<Question, (facts: DriverFacts) => string> = {
  'say-flags': ({ sessionFlags }) => newestFlag(sessionFlags)?.words ?? 'no flag',
  'say-fuel': ({ fuelLaps, fuelL }) => {
    if (fuelLaps !== null) return `fuel for ${fuelText(fuelLaps)}`;
    return fuelL === null ? 'not known yet' : `${tenthsDown(fuelL)} liters`;
  },
  'say-lap-time': ({ lastLapS, bestLapS }) => {
    if (lastLapS === null) return 'no lap time yet';
    const last = `last lap, ${lapTimeText(lastLapS)}`;
    const isBest = bestLapS === null || lastLapS <= bestLapS;
    return isBest ? `${last}, personal best` : `${last}, best lap, ${lapTimeText(bestLapS)}`;
  },
};

/** Downwards: fuel that is said to last must last. */
function fuelText(laps: number): string {
  const tenths = tenthsDown(laps);
  return tenths === 1 ? '1 lap' : `${tenths} laps`;
}

const tenthsDown = (value: number) => Math.floor(Math.max(0, value) * 10) / 10;

/** Nothing is known: before the first message, and after the hub has gone. */
export const noFacts: DriverFacts = {
  sessionFlags: 0,
  fuelLaps: null,
  fuelL: null,
  lastLapS: null,
  bestLapS: null,
};

/** To tenths: more than that nobody keeps in mind at speed. */
function lapTimeText(lapTimeS: number): string {
  const tenths = Math.round(lapTimeS * 10);
  const [minutes, rest] = [Math.floor(tenths / 600), (tenths % 600) / 10];
  return minutes === 0 ? rest.toFixed(1) : `${minutes}:${rest.toFixed(1).padStart(4, '0')}`;
}

/** A settled lap with a time becomes the last one; the best is of laps that count. */
export function factsAfterLap(facts: DriverFacts, lap: LapEvent): DriverFacts {
  if (lap.lapTimeS === null) return facts;
  const counts = lap.settled && lap.valid;
  const bestLapS = counts ? Math.min(facts.bestLapS ?? lap.lapTimeS, lap.lapTimeS) : facts.bestLapS;
  return { ...facts, lastLapS: lap.lapTimeS, bestLapS };
}
