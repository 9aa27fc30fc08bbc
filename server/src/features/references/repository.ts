/** Shared references as they are read. A reference is a copy: it outlives the lap that it came from. */
import type { ReferenceQuery, SharedReference } from '@racing-coach/contract/server';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';
import type { Tables } from '../../database/tables.ts';
import { isAbove, isBelow } from '../../rights/seen-drivers.ts';

export type ReferenceKey = [value: number | null, id: string];

export interface ReferenceList extends Omit<ReferenceQuery, 'after'> {
  beyond: ReferenceKey | null;
}

const columns = [
  'shared.id',
  'shared.owner_id',
  'shared.team_id',
  'shared.visibility',
  'shared.track_key',
  'shared.car_key',
  'shared.track_name',
  'shared.track_config',
  'shared.car_name',
  'shared.label',
  'shared.note',
  'shared.wet',
  'shared.assisted',
  'shared.lap_time_s',
  'shared.time_source',
  'shared.sha256',
  'shared.bytes',
  'shared.rating_mean',
  'shared.rating_count',
  'shared.shared_at',
  'shared.updated_at',
  'users.name as owner_name',
] as const;

/** The condition on one reference: the viewer's own, everybody's, or of a team that he is in. */
export const isSharedWith =
  (viewer: Viewer) => (is: ExpressionBuilder<{ shared: Tables['reference_laps'] }, 'shared'>) =>
    is.or([
      is('shared.visibility', '=', 'public'),
      is('shared.owner_id', '=', viewer.userId),
      is.and([is('shared.visibility', '=', 'team'), sql<boolean>`shared.team_id IN (SELECT viewer_teams())`]),
    ]);

const seenReferences = (trx: Work, viewer: Viewer) =>
  trx
    .selectFrom('reference_laps as shared')
    .innerJoin('users', 'users.id', 'shared.owner_id')
    .select(columns)
    .select((of) =>
      of
        .selectFrom('reference_ratings')
        .select('stars')
        .whereRef('reference_id', '=', 'shared.id')
        .where('user_id', '=', viewer.userId)
        .as('your_stars'),
    )
    .where(isSharedWith(viewer));

const orders = {
  fastest: { column: 'lap_time_s', direction: 'asc' },
  newest: { column: null, direction: 'desc' },
  'best-rated': { column: 'rating_mean', direction: 'desc' },
} as const;

/** One more than `limit`. */
export function referencesQuery(trx: Work, viewer: Viewer, list: ReferenceList) {
  const { trackKey, carKey, condition, teamId, mine, beyond, limit } = list;
  const { column, direction } = orders[list.order];
  const names = column === null ? ['shared.id'] : [`shared.${column}`, 'shared.id'];
  const key = (column === null ? beyond?.slice(1) : beyond) ?? [];
  const isBeyond = direction === 'asc' ? isAbove : isBelow;
  return seenReferences(trx, viewer)
    .$if(trackKey !== undefined, (query) => query.where('shared.track_key', '=', trackKey ?? ''))
    .$if(carKey !== undefined, (query) => query.where('shared.car_key', '=', carKey ?? ''))
    .$if(condition !== undefined, (query) => query.where('shared.wet', '=', condition === 'wet'))
    .$if(teamId !== undefined, (query) => query.where('shared.team_id', '=', teamId ?? ''))
    .$if(mine === true, (query) => query.where('shared.owner_id', '=', viewer.userId))
    .$if(mine === false, (query) => query.where('shared.owner_id', '!=', viewer.userId))
    .$if(beyond !== null, (query) => query.where(isBeyond(names, [...key])))
    .$if(column !== null, (query) => query.orderBy(`shared.${column ?? 'id'}`, direction))
    .orderBy('shared.id', direction)
    .limit(limit + 1);
}

export const findReference = (trx: Work, viewer: Viewer, id: string): Promise<ReferenceRow | undefined> =>
  seenReferences(trx, viewer).where('shared.id', '=', id).executeTakeFirst();

export type ReferenceRow = Awaited<ReturnType<ReturnType<typeof referencesQuery>['execute']>>[number];

export function keyOfReference(order: ReferenceQuery['order'], row: ReferenceRow): ReferenceKey {
  const { column } = orders[order];
  return [column === null ? null : row[column], row.id];
}

/** The file; undefined where the viewer sees no such reference any more. */
export async function readReferenceFile(trx: Work, viewer: Viewer, id: string): Promise<Buffer | undefined> {
  const row = await trx
    .selectFrom('reference_files')
    .select('data')
    .where('reference_id', 'in', (of) =>
      of
        .selectFrom('reference_laps as shared')
        .select('shared.id')
        .where('shared.id', '=', id)
        .where(isSharedWith(viewer)),
    )
    .executeTakeFirst();
  return row?.data;
}

export const referenceFrom = (row: ReferenceRow): SharedReference => ({
  id: row.id,
  owner: { id: row.owner_id, name: row.owner_name },
  teamId: row.team_id,
  visibility: row.visibility,
  trackKey: row.track_key,
  carKey: row.car_key,
  trackName: row.track_name,
  trackConfig: row.track_config,
  carName: row.car_name,
  label: row.label,
  condition: row.wet ? 'wet' : 'dry',
  assisted: row.assisted,
  lapTimeS: row.lap_time_s,
  timeSource: row.time_source,
  note: row.note,
  sha256: row.sha256,
  bytes: row.bytes,
  rating: {
    mean: row.rating_count === 0 ? null : row.rating_mean,
    count: row.rating_count,
    yours: row.your_stars,
  },
  sharedAt: row.shared_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
