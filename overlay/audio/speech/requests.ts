/** Answers to what the driver asks for by a key: flags, fuel, lap times. What is not known is said to be so; nothing old is read out. */
import type { LapEvent, SoundCommand } from '@racing-coach/contract';
import type { Saying } from './coach-words.ts';

export interface DriverFacts {
  /** The sim's flag bits of the newest snapshot. */
  sessionFlags: number;
  /** Laps that the fuel lasts; null while nobody has worked that out. */
  fuelLaps: number | null;
  lastLapS: number | null;
  bestLapS: number | null;
}

/** The sim's bits, the most urgent first. */
const flags: [bits: number, words: string][] = [
  [0x30000, 'black flag'],
  [0x10, 'red flag'],
  [0x100000, 'repair needed'],
  [0x80000, 'slow down penalty'],
  [0xc000, 'full course yellow'],
  [0x108, 'yellow flag'],
  [0x20, 'blue flag'],
  [0x1, 'checkered flag'],
  [0x2, 'white flag'],
  [0x4, 'green flag'],
];

/** An answer is wanted now. */
const patienceMs = 1500;

type Question = Extract<SoundCommand, `say-${string}`>;

export function answer(question: Question, facts: DriverFacts): Saying {
  const words = answers[question](facts);
  const caption = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return { caption, speech: [words], rank: 'request', priority: 0, patienceMs, endInMs: null };
}

const answers: Record<Question, (facts: DriverFacts) => string> = {
  'say-flags': ({ sessionFlags }) => flags.find(([bits]) => (sessionFlags & bits) !== 0)?.[1] ?? 'no flag',
  'say-fuel': ({ fuelLaps }) => (fuelLaps === null ? 'not known yet' : `fuel for ${fuelText(fuelLaps)}`),
  'say-lap-time': ({ lastLapS, bestLapS }) => {
    if (lastLapS === null) return 'no lap time yet';
    const last = `last lap, ${lapTimeText(lastLapS)}`;
    const isBest = bestLapS === null || lastLapS <= bestLapS;
    return isBest ? `${last}, personal best` : `${last}, best lap, ${lapTimeText(bestLapS)}`;
  },
};

/** Downwards: fuel that is said to last must last. */
function fuelText(laps: number): string {
  const tenths = Math.floor(Math.max(0, laps) * 10) / 10;
  return tenths === 1 ? '1 lap' : `${tenths} laps`;
}

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
