/** A claim held against what the file says: the lap counts only as what both agree on. */
import type { LapClaim } from '@racing-coach/contract/server';
import { ProblemError } from '../problem-error.ts';

/** What `checkLapFile` of the addon says, as far as it is looked at here. */
export interface LapFileFacts {
  timedS: number | null;
  ownLapTimeS: number | null;
  rows: number;
  sampleRateHz: number;
  assisted: boolean | null;
  implausible: string | null;
  lap: { lap: number; stint: number } | null;
}

/** Crossings are found between rows; this is an eighth of one at 60 Hz. */
const sameTimeS = 0.002;
/** The sim times on its own grid, and rounds. */
const officialWithinS = 0.5;
/** A recording counts rows; some may be missing at the ends. */
const rowsWithin = 5;

const contradicts = (detail: string) => new ProblemError('lap-contradicts', { detail });
const seconds = (value: number | null) => (value === null ? 'none' : `${value.toFixed(3)} s`);

/**
 * @throws ProblemError `lap-implausible` for what no car does, `lap-contradicts` where claim and file differ; both say what, with numbers of the lap
 */
export function holdClaim(claim: LapClaim, facts: LapFileFacts): void {
  if (facts.implausible !== null) throw new ProblemError('lap-implausible', { detail: facts.implausible });
  if (facts.lap === null || facts.ownLapTimeS === null || facts.timedS === null)
    throw contradicts('The file does not hold a whole lap.');
  const { timedS } = facts;
  if (Math.abs(timedS - facts.ownLapTimeS) > sameTimeS)
    throw contradicts(`The file says ${seconds(facts.ownLapTimeS)}, its rows say ${seconds(timedS)}.`);
  if (facts.lap.lap !== claim.lap)
    throw contradicts(`The file holds lap ${facts.lap.lap}, not lap ${claim.lap}.`);
  holdTimes(claim, timedS);
  const rows = claim.endSample - claim.startSample + 1;
  if (Math.abs(rows - facts.rows) > rowsWithin)
    throw contradicts(`The file has ${facts.rows} rows, the claim ${rows}.`);
  if (facts.assisted !== null && claim.assisted !== facts.assisted)
    throw contradicts('Whether it was driven with coaching is not what the file says.');
}

function holdTimes(claim: LapClaim, timedS: number): void {
  const { ownLapTimeS, officialLapTimeS, lapTimeS, timeSource } = claim;
  // The sim times the first lap of a race from the green light, which is before the car crosses the line.
  const fromTheLights = claim.reasons.includes('grid-start') && ownLapTimeS !== null && ownLapTimeS >= timedS;
  if (ownLapTimeS === null || (!fromTheLights && Math.abs(ownLapTimeS - timedS) > sameTimeS))
    throw contradicts(`The claimed time is ${seconds(ownLapTimeS)}, the rows say ${seconds(timedS)}.`);
  if (officialLapTimeS !== null && Math.abs(officialLapTimeS - ownLapTimeS) > officialWithinS)
    if (!claim.reasons.includes('official-time-differs') || claim.referenceGrade)
      throw contradicts(
        `The official time ${seconds(officialLapTimeS)} is not that of these rows (${seconds(ownLapTimeS)}).`,
      );
  const told = timeSource === 'official' ? officialLapTimeS : ownLapTimeS;
  if (lapTimeS === null || told === null || Math.abs(lapTimeS - told) > 1e-6)
    throw contradicts('The lap time is neither the official nor the own one.');
  if (claim.referenceGrade && !claim.valid)
    throw contradicts('It is good enough for a reference and does not count.');
}
