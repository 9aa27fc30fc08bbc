/** Tracks of the sessions that a viewer sees. */
import { sql } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';
import { type DriverFilter, seenDrivers } from '../../rights/seen-drivers.ts';

export interface TrackList extends DriverFilter {
  limit: number;
  /** The track of the last row that was given. */
  above: string | null;
}

/** By key; one more than `limit`. Each driver's first tracks are enough to know the first ones of all. */
export function tracksQuery(trx: Work, viewer: Viewer, list: TrackList) {
  const { above, limit } = list;
  return trx
    .selectFrom(seenDrivers(viewer, list))
    .innerJoinLateral(
      (of) =>
        of
          .selectFrom('sessions')
          .select([
            'track_key',
            sql<string>`max(sim)`.as('sim'),
            sql<string>`max(track_name)`.as('track_name'),
            sql<string>`max(track_config)`.as('track_config'),
            sql<number | null>`max(track_length_m)`.as('track_length_m'),
            sql<number>`count(*)`.as('sessions'),
            sql<number>`sum(laps)`.as('laps'),
            sql<number | null>`min(best_lap_time_s)`.as('best_lap_time_s'),
          ])
          .whereRef('sessions.owner_id', '=', 'seen.owner_id')
          .where((is) => is.or([is('seen.everything', '=', true), is('sessions.visibility', '=', 'team')]))
          .$if(above !== null, (query) => query.where('track_key', '>', above ?? ''))
          .groupBy('track_key')
          .orderBy('track_key')
          .limit(limit + 1)
          .as('track'),
      (join) => join.onTrue(),
    )
    .select([
      'track.track_key',
      sql<string>`max(track.sim)`.as('sim'),
      sql<string>`max(track.track_name)`.as('track_name'),
      sql<string>`max(track.track_config)`.as('track_config'),
      sql<number | null>`max(track.track_length_m)`.as('track_length_m'),
      sql<number>`sum(track.sessions)::integer`.as('sessions'),
      sql<number>`sum(track.laps)::integer`.as('laps'),
      sql<number | null>`min(track.best_lap_time_s)`.as('best_lap_time_s'),
    ])
    .groupBy('track.track_key')
    .orderBy('track.track_key')
    .limit(limit + 1);
}

export type TrackRow = Awaited<ReturnType<ReturnType<typeof tracksQuery>['execute']>>[number];

export const trackFrom = (row: TrackRow) => ({
  trackKey: row.track_key,
  sim: row.sim,
  name: row.track_name,
  config: row.track_config,
  lengthM: row.track_length_m,
  sessions: row.sessions,
  laps: row.laps,
  bestLapTimeS: row.best_lap_time_s,
});
