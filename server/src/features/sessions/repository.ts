/** Sessions that a viewer may see: his own, and those that drivers share with his teams. */
import type { sessionQuery } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import * as z from 'zod';
import type { Viewer, Work } from '../../database/database.ts';
import { pageFrom, readCursor } from '../../page.ts';
import { ProblemError } from '../../problem-error.ts';
import { seenOwners, seenSession } from '../seen-owners.ts';
import { type SessionRow, sessionOf } from './session-row.ts';

type Query = z.infer<typeof sessionQuery>;

const cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Newest first: the newest of each owner by index, then the newest of those. */
export function sessionListQuery(viewer: Viewer, owners: string[], query: Query) {
  const after = readCursor(query.after, cursor);
  const conditions = [
    sql`sessions.owner_id = owners.owner_id`,
    sql`(sessions.owner_id = ${viewer.userId}::uuid OR sessions.visibility = 'team')`,
  ];
  if (query.trackKey !== undefined) conditions.push(sql`sessions.track_key = ${query.trackKey}`);
  if (query.carKey !== undefined) conditions.push(sql`sessions.car_key = ${query.carKey}`);
  if (query.from !== undefined) conditions.push(sql`sessions.started_at >= ${query.from}::timestamptz`);
  if (query.to !== undefined) conditions.push(sql`sessions.started_at < ${query.to}::timestamptz`);
  if (after !== null)
    conditions.push(sql`(sessions.started_at, sessions.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return sql<SessionRow>`
    SELECT seen.*, users.name AS owner_name
    FROM unnest(${owners}::uuid[]) AS owners (owner_id)
    CROSS JOIN LATERAL (
      SELECT sessions.* FROM sessions WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY sessions.started_at DESC, sessions.id DESC LIMIT ${query.limit + 1}
    ) AS seen
    JOIN users ON users.id = seen.owner_id
    ORDER BY seen.started_at DESC, seen.id DESC LIMIT ${query.limit + 1}`;
}

export async function listSessions(trx: Work, viewer: Viewer, query: Query) {
  const owners = await seenOwners(trx, viewer, query);
  const { rows } = await sessionListQuery(viewer, owners, query).execute(trx);
  return pageFrom(rows, query.limit, (row) => [row.started_at.toISOString(), row.id], sessionOf);
}

export async function oneSession(trx: Work, viewer: Viewer, id: string) {
  const row = await trx
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.owner_id')
    .selectAll('sessions')
    .select('users.name as owner_name')
    .where('sessions.id', '=', id)
    .where(seenSession(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  return sessionOf(row);
}

/** Of one's own; a session that belongs to somebody else is as good as missing. */
export async function changeVisibility(
  trx: Work,
  viewer: Viewer,
  id: string,
  visibility: 'private' | 'team',
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({ visibility })
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ProblemError('not-found');
}

/** With its laps, their files and rows. */
export async function removeSession(trx: Work, viewer: Viewer, id: string): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new ProblemError('not-found');
}
