/** Sessions as they are read and changed. Uploads have their own repository. */
import type { ServerSession, SessionQuery } from '@racing-coach/contract/server';
import type { Viewer, Work } from '../../database/database.ts';
import { isBelow, isSeenBy, seenDrivers } from '../../rights/seen-drivers.ts';

export interface SessionList extends Omit<SessionQuery, 'after'> {
  /** `started_at` and id of the last row that was given. */
  below: [startedAt: string, id: string] | null;
}

const columns = [
  'session.id',
  'session.client_id',
  'session.owner_id',
  'session.visibility',
  'session.source',
  'session.source_name',
  'session.sim',
  'session.track_key',
  'session.car_key',
  'session.track_name',
  'session.track_config',
  'session.track_length_m',
  'session.car_name',
  'session.sample_rate_hz',
  'session.date',
  'session.own',
  'session.started_at',
  'session.laps',
  'session.complete_laps',
  'session.best_lap_time_s',
  'users.name as owner_name',
] as const;

/** Newest first; one more than `limit`. */
export function sessionsQuery(trx: Work, viewer: Viewer, list: SessionList) {
  const { trackKey, carKey, from, to, below, limit } = list;
  return trx
    .selectFrom(seenDrivers(viewer, list))
    .innerJoinLateral(
      (of) =>
        of
          .selectFrom('sessions')
          .selectAll('sessions')
          .whereRef('sessions.owner_id', '=', 'seen.owner_id')
          .where((is) => is.or([is('seen.everything', '=', true), is('sessions.visibility', '=', 'team')]))
          .$if(trackKey !== undefined, (query) => query.where('track_key', '=', trackKey ?? ''))
          .$if(carKey !== undefined, (query) => query.where('car_key', '=', carKey ?? ''))
          .$if(from !== undefined, (query) => query.where('started_at', '>=', new Date(from ?? '')))
          .$if(to !== undefined, (query) => query.where('started_at', '<', new Date(to ?? '')))
          .$if(below !== null, (query) => query.where(isBelow(['started_at', 'sessions.id'], below ?? [])))
          .orderBy('started_at', 'desc')
          .orderBy('sessions.id', 'desc')
          .limit(limit + 1)
          .as('session'),
      (join) => join.onTrue(),
    )
    .innerJoin('users', 'users.id', 'session.owner_id')
    .select(columns)
    .orderBy('session.started_at', 'desc')
    .orderBy('session.id', 'desc')
    .limit(limit + 1);
}

export const findSession = (trx: Work, viewer: Viewer, id: string): Promise<SessionRow | undefined> =>
  trx
    .selectFrom('sessions as session')
    .innerJoin('users', 'users.id', 'session.owner_id')
    .select(columns)
    .where('session.id', '=', id)
    .where('session.id', 'in', (of) =>
      of.selectFrom('sessions').select('sessions.id').where('sessions.id', '=', id).where(isSeenBy(viewer)),
    )
    .executeTakeFirst();

export type SessionRow = Awaited<ReturnType<ReturnType<typeof sessionsQuery>['execute']>>[number];

export const sessionFrom = (row: SessionRow): ServerSession => ({
  id: row.id,
  clientId: row.client_id,
  owner: { id: row.owner_id, name: row.owner_name },
  visibility: row.visibility,
  source: row.source,
  sourceName: row.source_name,
  sim: row.sim,
  trackKey: row.track_key,
  carKey: row.car_key,
  trackName: row.track_name,
  trackConfig: row.track_config,
  trackLengthM: row.track_length_m,
  carName: row.car_name,
  sampleRateHz: row.sample_rate_hz,
  date: row.date,
  own: row.own,
  laps: row.laps,
  completeLaps: row.complete_laps,
  bestLapTimeS: row.best_lap_time_s,
  startedAt: row.started_at.toISOString(),
});

/** What the owner's session was before; null when he has no such session. Its laps follow by their key. */
export async function changeVisibility(
  trx: Work,
  viewer: Viewer,
  id: string,
  visibility: 'private' | 'team',
): Promise<'private' | 'team' | null> {
  const before = await ownVisibility(trx, viewer, id);
  if (before !== null && before !== visibility)
    await trx
      .updateTable('sessions')
      .set({ visibility })
      .where('id', '=', id)
      .where('owner_id', '=', viewer.userId)
      .execute();
  return before;
}

async function ownVisibility(trx: Work, viewer: Viewer, id: string): Promise<'private' | 'team' | null> {
  const row = await trx
    .selectFrom('sessions')
    .select('visibility')
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .forUpdate()
    .executeTakeFirst();
  return row?.visibility ?? null;
}

/** With its laps and their files. What its visibility was, and its laps; null when the viewer owns no such session. */
export async function deleteSession(
  trx: Work,
  viewer: Viewer,
  id: string,
): Promise<{ visibility: 'private' | 'team'; lapIds: string[] } | null> {
  const visibility = await ownVisibility(trx, viewer, id);
  if (visibility === null) return null;
  const laps = await trx
    .selectFrom('laps')
    .select('id')
    .where('session_id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .execute();
  await trx.deleteFrom('sessions').where('id', '=', id).where('owner_id', '=', viewer.userId).execute();
  return { visibility, lapIds: laps.map((lap) => lap.id) };
}
