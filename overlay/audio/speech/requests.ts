/** Answers to what the driver asks for by a key: flags, fuel, lap times. What is not known is said to be so; nothing old is read out. */
import type { SoundCommand } from '@racing-coach/contract';
import { newestFlag } from '../flags/flag-table.ts';
import type { Saying } from './coach-words.ts';
import type { DriverFacts } from './driver-facts.ts';

/** An answer is wanted now. */
const patienceMs = 1500;

type Question = Extract<SoundCommand, `say-${string}`>;

export function answer(question: Question, facts: DriverFacts): Saying {
  const words = answers[question](facts);
  const caption = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return { caption, speech: [words], rank: 'request', priority: 0, patienceMs, endInMs: null };
}

const answers: Record<Question, (facts: DriverFacts) => string> = {
  'say-flags': ({ sessionFlags }) =>
    sessionFlags === null ? 'not known yet' : (newestFlag(sessionFlags)?.words ?? 'no flag'),
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

/** To tenths: more than that nobody keeps in mind at speed. */
function lapTimeText(lapTimeS: number): string {
  const tenths = Math.round(lapTimeS * 10);
  const [minutes, rest] = [Math.floor(tenths / 600), (tenths % 600) / 10];
  return minutes === 0 ? rest.toFixed(1) : `${minutes}:${rest.toFixed(1).padStart(4, '0')}`;
}
