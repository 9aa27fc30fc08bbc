/** Tracks on which somebody drove whom the viewer may see. */
import type { pageQuery, trackSummary } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import * as z from 'zod';
import type { Viewer, Work } from '../../database/database.ts';
import { pageFrom, readCursor } from '../../page.ts';
import { seenOwners } from '../seen-owners.ts';

interface Row {
  track_key: string;
  sim: string;
  track_name: string;
  track_config: string;
  track_length_m: number | null;
  sessions: number;
  laps: number;
  best_lap_time_s: number | null;
}

export function trackListQuery(viewer: Viewer, owners: string[], keys: { after?: string; limit: number }) {
  const conditions = [
    sql`sessions.owner_id = ANY(${owners}::uuid[])`,
    sql`(sessions.owner_id = ${viewer.userId}::uuid OR sessions.visibility = 'team')`,
  ];
  if (keys.after !== undefined) conditions.push(sql`sessions.track_key > ${keys.after}`);
  return sql<Row>`
    SELECT track_key, max(sim) AS sim, max(track_name) AS track_name, max(track_config) AS track_config,
      max(track_length_m) AS track_length_m, count(*)::int AS sessions, sum(laps)::int AS laps,
      min(best_lap_time_s) AS best_lap_time_s
    FROM sessions WHERE ${sql.join(conditions, sql` AND `)}
    GROUP BY track_key ORDER BY track_key LIMIT ${keys.limit}`;
}

const trackOf = (row: Row): z.infer<typeof trackSummary> => ({
  trackKey: row.track_key,
  sim: row.sim,
  name: row.track_name,
  config: row.track_config,
  lengthM: row.track_length_m,
  sessions: row.sessions,
  laps: row.laps,
  bestLapTimeS: row.best_lap_time_s,
});

export async function listTracks(trx: Work, viewer: Viewer, query: z.infer<typeof pageQuery>) {
  const after = readCursor(query.after, z.string());
  const owners = await seenOwners(trx, viewer, {});
  const keys = { limit: query.limit + 1, ...(after === null ? {} : { after }) };
  const { rows } = await trackListQuery(viewer, owners, keys).execute(trx);
  return pageFrom(rows, query.limit, (row) => row.track_key, trackOf);
}
