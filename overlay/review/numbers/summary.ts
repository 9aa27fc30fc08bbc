/**
 * A session in numbers. Of all laps that count and have a time, where the HUD's consistency takes the last ten clean ones; all in seconds. Statistics of the times that are listed
 * beside them, no facts of driving: those come from the core.
 */
import type { LapCornersAnswer, SessionLap } from '@racing-coach/contract';

export interface Summary {
  best: SessionLap | null;
  medianS: number | null;
  /** Standard deviation; null with fewer than three laps. */
  spreadS: number | null;
  laps: number;
  validLaps: number;
}

/** As on the HUD: fewer say nothing about a driver. */
const fewestForSpread = 3;

const timed = (laps: readonly SessionLap[]) =>
  laps.flatMap((lap) => (lap.valid && lap.lapTimeS !== null ? [{ lap, timeS: lap.lapTimeS }] : []));

/** The first of the fastest. */
export function bestLap(laps: readonly SessionLap[]): SessionLap | null {
  return (
    timed(laps).reduce<{ lap: SessionLap; timeS: number } | null>(
      (best, one) => (best === null || one.timeS < best.timeS ? one : best),
      null,
    )?.lap ?? null
  );
}

export function summaryOf(laps: readonly SessionLap[]): Summary {
  const times = timed(laps).map(({ timeS }) => timeS);
  return {
    best: bestLap(laps),
    medianS: median(times),
    spreadS: times.length < fewestForSpread ? null : standardDeviation(times),
    laps: laps.length,
    validLaps: laps.filter(({ valid }) => valid).length,
  };
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Of a sample: over n - 1. */
function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

type Corner = LapCornersAnswer['corners'][number];

/** A corner with the best lap's time taken off; null on the best lap, and where that has no such corner. */
export interface CornerRow extends Corner {
  toBestS: number | null;
}

export function cornerRows(corners: readonly Corner[], best: readonly Corner[] | null): CornerRow[] {
  const bestTimes = new Map(best?.map(({ id, timeS }) => [id, timeS]));
  return corners.map((corner) => {
    const bestS = bestTimes.get(corner.id);
    return { ...corner, toBestS: bestS === undefined ? null : corner.timeS - bestS };
  });
}
