/** A board out of laps and references: one row for each driver, the fastest first, equal times in the same place. */
import type { boardRow } from '@racing-coach/contract/server';
import type * as z from 'zod';
import type { BoardLap } from './repository.ts';

export type BoardRow = z.infer<typeof boardRow>;

const earlier = (a: BoardLap, b: BoardLap): number =>
  a.lap_time_s - b.lap_time_s || compare(a.driver_id, b.driver_id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** @param laps of equal times the one that comes first counts: laps before references, which are copies of laps */
export function makeBoard(laps: BoardLap[]): BoardRow[] {
  const best = new Map<string, BoardLap>();
  for (const lap of laps) {
    const before = best.get(lap.driver_id);
    if (before === undefined || lap.lap_time_s < before.lap_time_s) best.set(lap.driver_id, lap);
  }
  const sorted = [...best.values()].sort(earlier);
  const fastestS = sorted[0]?.lap_time_s ?? 0;
  let place = 0;
  return sorted.map((lap, index) => {
    if (lap.lap_time_s !== sorted[index - 1]?.lap_time_s) place = index + 1;
    return rowOf(lap, place, fastestS);
  });
}

const rowOf = (lap: BoardLap, place: number, fastestS: number): BoardRow => ({
  place,
  driver: { id: lap.driver_id, name: lap.name },
  lapId: lap.lap_id,
  referenceId: lap.reference_id,
  lapTimeS: lap.lap_time_s,
  gapS: lap.lap_time_s - fastestS,
  assisted: lap.assisted,
  drivenAt: lap.driven_at.toISOString(),
});

/** Rows behind the key of the last one that was given; one more than `limit`. */
export function rowsBehind(
  board: BoardRow[],
  key: [lapTimeS: number, driverId: string] | null,
  limit: number,
): BoardRow[] {
  if (key === null) return board.slice(0, limit + 1);
  const [lapTimeS, driverId] = key;
  const isBehind = (row: BoardRow) =>
    row.lapTimeS > lapTimeS || (row.lapTimeS === lapTimeS && row.driver.id > driverId);
  return board.filter(isBehind).slice(0, limit + 1);
}
