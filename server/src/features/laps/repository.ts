/** Laps as they are read and removed. Uploads have their own repository. */
import type { LapQuery, ServerLap } from '@racing-coach/contract/server';
import type { Selectable, SelectQueryBuilder } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';
import type { Tables } from '../../database/tables.ts';
import { isAbove, isBelow, isSeenBy, type SeenDriver, seenDrivers } from '../../rights/seen-drivers.ts';

/** The key of the last row that was given: what the list is sorted by, and the id. */
export type LapKey = [value: number | null, id: string];

export interface LapList extends Omit<LapQuery, 'after'> {
  beyond: LapKey | null;
}

const columns = [
  'lap.id',
  'lap.client_id',
  'lap.session_id',
  'lap.owner_id',
  'lap.track_key',
  'lap.car_key',
  'lap.stint',
  'lap.lap',
  'lap.start_sample',
  'lap.end_sample',
  'lap.lap_time_s',
  'lap.time_source',
  'lap.official_lap_time_s',
  'lap.own_lap_time_s',
  'lap.complete',
  'lap.valid',
  'lap.reference_grade',
  'lap.assisted',
  'lap.wet',
  'lap.reasons',
  'lap.analysis_version',
  'lap.lap_file_sha256',
  'lap.lap_file_bytes',
  'lap.uploaded_at',
  'users.name as owner_name',
] as const;

type OneDriversLaps = SelectQueryBuilder<
  Tables & { seen: SeenDriver },
  'laps' | 'seen',
  Selectable<Tables['laps']>
>;

function filtered(query: OneDriversLaps, list: LapList): OneDriversLaps {
  const { sessionId, trackKey, carKey, valid, referenceGrade } = list;
  let laps = query;
  if (sessionId !== undefined) laps = laps.where('laps.session_id', '=', sessionId);
  if (trackKey !== undefined) laps = laps.where('laps.track_key', '=', trackKey);
  if (carKey !== undefined) laps = laps.where('laps.car_key', '=', carKey);
  if (valid !== undefined) laps = laps.where('laps.valid', '=', valid);
  if (referenceGrade !== undefined) laps = laps.where('laps.reference_grade', '=', referenceGrade);
  return laps;
}

/** How a list is sorted: by which column and then the id, both in the same direction. */
const orders = {
  driven: { column: 'start_sample', direction: 'asc' },
  newest: { column: null, direction: 'desc' },
  fastest: { column: 'lap_time_s', direction: 'asc' },
} as const;

/** One more than `limit`. */
export function lapsQuery(trx: Work, viewer: Viewer, list: LapList) {
  const { column, direction } = orders[list.order];
  const { beyond, limit } = list;
  const after = direction === 'asc' ? isAbove : isBelow;
  const names = column === null ? ['laps.id'] : [`laps.${column}`, 'laps.id'];
  const key = column === null ? beyond?.slice(1) : beyond;
  return trx
    .selectFrom(seenDrivers(viewer, list))
    .innerJoinLateral(
      (of) => {
        const laps = of
          .selectFrom('laps')
          .selectAll('laps')
          .whereRef('laps.owner_id', '=', 'seen.owner_id')
          .where((is) => is.or([is('seen.everything', '=', true), is('laps.visibility', '=', 'team')]));
        return filtered(laps as OneDriversLaps, list)
          .$if(list.order === 'fastest', (query) => query.where('laps.lap_time_s', 'is not', null))
          .$if(beyond !== null, (query) => query.where(after(names, [...(key ?? [])])))
          .$if(column !== null, (query) => query.orderBy(`laps.${column ?? 'id'}`, direction))
          .orderBy('laps.id', direction)
          .limit(limit + 1)
          .as('lap');
      },
      (join) => join.onTrue(),
    )
    .innerJoin('users', 'users.id', 'lap.owner_id')
    .select(columns)
    .$if(column !== null, (query) => query.orderBy(`lap.${column ?? 'id'}`, direction))
    .orderBy('lap.id', direction)
    .limit(limit + 1);
}

export type LapRow = Awaited<ReturnType<ReturnType<typeof lapsQuery>['execute']>>[number];

export function keyOfLap(order: LapQuery['order'], row: LapRow): LapKey {
  const { column } = orders[order];
  return [column === null ? null : row[column], row.id];
}

const oneLap = (trx: Work, viewer: Viewer, id: string) =>
  trx.selectFrom('laps').select('laps.id').where('laps.id', '=', id).where(isSeenBy(viewer));

export const findLap = (trx: Work, viewer: Viewer, id: string): Promise<LapRow | undefined> =>
  trx
    .selectFrom('laps as lap')
    .innerJoin('users', 'users.id', 'lap.owner_id')
    .select(columns)
    .where('lap.id', 'in', oneLap(trx, viewer, id))
    .executeTakeFirst();

export interface StoredFile {
  lapId: string;
  /** Null where the lap came without a file. */
  sha256: string | null;
  officialLapTimeS: number | null;
}

/** What of a lap names its file, without reading it; undefined where the viewer sees no such lap. */
export async function findFile(trx: Work, viewer: Viewer, id: string): Promise<StoredFile | undefined> {
  const row = await trx
    .selectFrom('laps')
    .select(['laps.id', 'lap_file_sha256', 'official_lap_time_s'])
    .where('laps.id', 'in', oneLap(trx, viewer, id))
    .executeTakeFirst();
  return row && { lapId: row.id, sha256: row.lap_file_sha256, officialLapTimeS: row.official_lap_time_s };
}

/** The lap file; undefined where the viewer sees no such lap any more. */
export async function readFile(trx: Work, viewer: Viewer, id: string): Promise<Buffer | undefined> {
  const row = await trx
    .selectFrom('lap_files')
    .select('data')
    .where('lap_id', 'in', oneLap(trx, viewer, id))
    .executeTakeFirst();
  return row?.data;
}

export const lapFrom = (row: LapRow): ServerLap => ({
  id: row.id,
  clientId: row.client_id,
  sessionId: row.session_id,
  owner: { id: row.owner_id, name: row.owner_name },
  trackKey: row.track_key,
  carKey: row.car_key,
  stint: row.stint,
  lap: row.lap,
  startSample: row.start_sample,
  endSample: row.end_sample,
  lapTimeS: row.lap_time_s,
  timeSource: row.time_source,
  officialLapTimeS: row.official_lap_time_s,
  ownLapTimeS: row.own_lap_time_s,
  complete: row.complete,
  valid: row.valid,
  referenceGrade: row.reference_grade,
  assisted: row.assisted,
  wet: row.wet,
  reasons: row.reasons,
  analysisVersion: row.analysis_version,
  lapFileSha256: row.lap_file_sha256,
  lapFileBytes: row.lap_file_bytes,
  uploadedAt: row.uploaded_at.toISOString(),
});
