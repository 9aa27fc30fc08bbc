/**
 * Boards: the fastest reference-grade lap of each driver on a track in a car. A driver is there by laps that the viewer may see (his own, those that
 * drivers of his teams share) and by references that were shared with a team of his or with everyone.
 */
import type { boardQuery, boardRow } from '@racing-coach/contract/server';
import { type RawBuilder, sql } from 'kysely';
import * as z from 'zod';
import type { Viewer, Work } from '../../database/database.ts';
import { pageFrom, readCursor } from '../../page.ts';
import { seenReference } from '../references/seen-reference.ts';
import { seenOwners } from '../seen-owners.ts';

type Query = z.infer<typeof boardQuery>;

interface Row {
  owner_id: string;
  owner_name: string;
  lap_id: string | null;
  reference_id: string | null;
  lap_time_s: number;
  assisted: boolean | null;
  build: string;
  driven_at: Date;
}

/** Time and driver of the last row, its place, and the time of the first. */
const cursor = z.tuple([z.number(), z.uuid(), z.int(), z.number()]);

/** What both kinds of laps have in common. */
function filters(table: 'laps' | 'reference_laps', query: Query): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const conditions = [
    sql`${column('track_key')} = ${query.trackKey}`,
    sql`${column('car_key')} = ${query.carKey}`,
    sql`${column('wet')} = ${query.condition === 'wet'}`,
  ];
  if (query.assisted !== 'any') conditions.push(sql`${column('assisted')} = ${query.assisted === 'yes'}`);
  if (query.build !== undefined) conditions.push(sql`${column('build')} = ${query.build}`);
  return sql.join(conditions, sql` AND `);
}

export function boardRowsQuery(viewer: Viewer, owners: string[], query: Query) {
  const after = readCursor(query.after, cursor);
  const team = query.teamId === undefined ? sql`true` : sql`reference_laps.team_id = ${query.teamId}::uuid`;
  const rest =
    after === null
      ? sql`true`
      : sql`(best.lap_time_s, best.owner_id) > (${after[0]}::double precision, ${after[1]}::uuid)`;
  return sql<Row>`
    WITH driven AS (
      SELECT fastest.* FROM unnest(${owners}::uuid[]) AS owners (owner_id)
      CROSS JOIN LATERAL (
        SELECT laps.owner_id, laps.id AS lap_id, NULL::uuid AS reference_id, laps.lap_time_s, laps.assisted, laps.build,
          sessions.started_at AS driven_at
        FROM laps JOIN sessions ON sessions.id = laps.session_id
        WHERE laps.owner_id = owners.owner_id AND laps.reference_grade AND laps.lap_time_s IS NOT NULL AND sessions.own
          AND (laps.owner_id = ${viewer.userId}::uuid OR sessions.visibility = 'team') AND ${filters('laps', query)}
        ORDER BY laps.lap_time_s, laps.id LIMIT 1
      ) AS fastest
    ), shared AS (
      SELECT owner_id, NULL::uuid AS lap_id, id AS reference_id, lap_time_s, assisted, build, driven_at
      FROM reference_laps WHERE ${seenReference(viewer)} AND ${team} AND ${filters('reference_laps', query)}
    ), best AS (
      SELECT DISTINCT ON (owner_id) * FROM (SELECT * FROM driven UNION ALL SELECT * FROM shared) AS every
      ORDER BY owner_id, lap_time_s, lap_id NULLS LAST, reference_id
    )
    SELECT best.*, users.name AS owner_name FROM best JOIN users ON users.id = best.owner_id
    WHERE ${rest} ORDER BY best.lap_time_s, best.owner_id LIMIT ${query.limit + 1}`;
}

export async function board(trx: Work, viewer: Viewer, query: Query) {
  const owners = await seenOwners(trx, viewer, { teamId: query.teamId });
  const { rows } = await boardRowsQuery(viewer, owners, query).execute(trx);
  const after = readCursor(query.after, cursor);
  const firstPlace = (after?.[2] ?? 0) + 1;
  const bestS = after?.[3] ?? rows[0]?.lap_time_s ?? 0;
  const placed = rows.map((row, index) => ({ row, place: firstPlace + index }));
  return pageFrom(
    placed,
    query.limit,
    ({ row, place }) => [row.lap_time_s, row.owner_id, place, bestS],
    ({ row, place }): z.infer<typeof boardRow> => ({
      place,
      driver: { id: row.owner_id, name: row.owner_name },
      lapId: row.lap_id,
      referenceId: row.reference_id,
      lapTimeS: row.lap_time_s,
      gapS: row.lap_time_s - bestS,
      assisted: row.assisted,
      build: row.build,
      drivenAt: row.driven_at.toISOString(),
    }),
  );
}
