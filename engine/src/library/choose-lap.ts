/** Which lap of a recording becomes a reference. */
import { CodedError, type LapSummary } from '@racing-coach/contract';
import type { LapChoice } from '../cli/readers.ts';

interface Candidate {
  summary: LapSummary;
  lapFile: Uint8Array | null;
}

/** A complete lap with its file. */
export interface ChosenLap extends Candidate {
  lapFile: Uint8Array;
}

/**
 * The named lap, which must be complete, or the fastest reference-grade one. A lap without a stint must be the only complete one with its
 * number. Throws what was wrong with the choice, with the laps that there are.
 */
export function chooseLap(file: string, laps: Candidate[], choice: LapChoice | null): ChosenLap {
  const complete = laps.filter((lap): lap is ChosenLap => lap.summary.complete && lap.lapFile !== null);
  return choice === null ? fastest(file, complete) : named(file, complete, choice);
}

function fastest(file: string, laps: ChosenLap[]): ChosenLap {
  const time = ({ summary }: ChosenLap) => summary.lapTimeS ?? Number.POSITIVE_INFINITY;
  const [best] = laps.filter(({ summary }) => summary.referenceGrade).sort((a, b) => time(a) - time(b));
  if (best !== undefined) return best;
  const reasons = [...new Set(laps.flatMap(({ summary }) => summary.reasons))].join(', ');
  throw new CodedError('no-good-lap', { file, cause: reasons || 'there is no complete lap' });
}

function named(file: string, laps: ChosenLap[], { stint, lap }: LapChoice): ChosenLap {
  const found = laps.filter(
    ({ summary }) => summary.lap === lap && (stint === null || summary.stint === stint),
  );
  const name = stint === null ? String(lap) : `${stint}:${lap}`;
  const [only, another] = found;
  if (another !== undefined) throw new CodedError('lap-ambiguous', { file, lap: name, known: names(found) });
  if (only === undefined) throw new CodedError('lap-not-found', { file, lap: name, known: names(laps) });
  return only;
}

function names(laps: ChosenLap[]): string {
  return laps.map(({ summary }) => `${summary.stint}:${summary.lap}`).join(', ') || 'none';
}
