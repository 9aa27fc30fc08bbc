/** Shared references: laps of one's own, copied so that they outlive the lap they came from. */
import type { changeReference, SharedReference, shareReference } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Viewer, Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';
import { ProblemError } from '../../problem-error.ts';
import { type ReferenceRow, referenceOf } from './reference-row.ts';
import { seenReference } from './seen-reference.ts';

export async function oneReference(trx: Work, viewer: Viewer, id: string): Promise<SharedReference> {
  const { rows } = await sql<ReferenceRow>`
    SELECT reference_laps.*, users.name AS owner_name, reference_ratings.stars AS yours
    FROM reference_laps
    JOIN users ON users.id = reference_laps.owner_id
    LEFT JOIN reference_ratings ON reference_ratings.reference_id = reference_laps.id
      AND reference_ratings.user_id = ${viewer.userId}::uuid
    WHERE reference_laps.id = ${id}::uuid AND ${seenReference(viewer)}`.execute(trx);
  const row = rows[0];
  if (row === undefined) throw new ProblemError('not-found');
  return referenceOf(row);
}

export async function referenceFile(trx: Work, viewer: Viewer, id: string): Promise<Buffer> {
  const row = await trx
    .selectFrom('reference_files')
    .innerJoin('reference_laps', 'reference_laps.id', 'reference_files.reference_id')
    .select('reference_files.data')
    .where('reference_laps.id', '=', id)
    .where(seenReference(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  return row.data;
}

/** A team is one of the viewer's, or as good as missing. */
async function checkTeam(trx: Work, teamId: string | null): Promise<void> {
  if (teamId === null) return;
  const { rows } = await sql`SELECT FROM viewer_teams() AS team WHERE team = ${teamId}::uuid`.execute(trx);
  if (rows.length === 0) throw new ProblemError('not-found');
}

export async function share(
  trx: Work,
  viewer: Viewer,
  wish: z.infer<typeof shareReference>,
  now: Date,
): Promise<string> {
  const lap = await trx
    .selectFrom('laps')
    .innerJoin('sessions', 'sessions.id', 'laps.session_id')
    .selectAll('laps')
    .select(['sessions.track_name', 'sessions.track_config', 'sessions.car_name', 'sessions.started_at'])
    .where('laps.id', '=', wish.lapId)
    .where('laps.owner_id', '=', viewer.userId)
    .executeTakeFirst();
  if (lap === undefined) throw new ProblemError('not-found');
  const { lap_time_s, lap_file_sha256, lap_file_bytes } = lap;
  if (!lap.reference_grade || lap_file_sha256 === null || lap_file_bytes === null || lap_time_s === null)
    throw new ProblemError('invalid', {
      issues: [{ in: 'body', pointer: '/lapId', message: 'this lap is not good enough for a reference' }],
    });
  await checkTeam(trx, wish.teamId);
  const id = newId(now);
  await trx
    .insertInto('reference_laps')
    .values({
      id,
      owner_id: viewer.userId,
      team_id: wish.teamId,
      visibility: wish.visibility,
      from_lap_id: lap.id,
      track_key: lap.track_key,
      car_key: lap.car_key,
      track_name: lap.track_name,
      track_config: lap.track_config,
      car_name: lap.car_name,
      label: wish.label,
      note: wish.note,
      build: lap.build,
      driven_at: lap.started_at,
      wet: lap.wet ?? false,
      assisted: lap.assisted,
      lap_time_s,
      time_source: lap.time_source,
      sha256: lap_file_sha256,
      bytes: lap_file_bytes,
      shared_at: now,
      updated_at: now,
    })
    .execute();
  await sql`INSERT INTO reference_files (reference_id, data)
    SELECT ${id}::uuid, data FROM lap_files WHERE lap_id = ${lap.id}::uuid`.execute(trx);
  return id;
}

export async function change(
  trx: Work,
  viewer: Viewer,
  id: string,
  wish: z.infer<typeof changeReference>,
  now: Date,
): Promise<void> {
  const before = await oneReference(trx, viewer, id);
  if (before.owner.id !== viewer.userId) throw new ProblemError('not-allowed');
  const visibility = wish.visibility ?? before.visibility;
  const teamId = visibility === 'team' ? (wish.teamId ?? before.teamId) : null;
  if ((visibility === 'team') !== (teamId !== null))
    throw new ProblemError('invalid', {
      issues: [{ in: 'body', pointer: '/teamId', message: 'a team goes with the visibility team' }],
    });
  await checkTeam(trx, teamId);
  await trx
    .updateTable('reference_laps')
    .set({
      label: wish.label ?? before.label,
      note: wish.note ?? before.note,
      visibility,
      team_id: teamId,
      updated_at: now,
    })
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .execute();
}

export async function remove(trx: Work, viewer: Viewer, id: string): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('reference_laps')
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new ProblemError('not-found');
}

/** Of others' references; the sums follow by a trigger. */
export async function rate(trx: Work, viewer: Viewer, id: string, stars: number): Promise<void> {
  const reference = await oneReference(trx, viewer, id);
  if (reference.owner.id === viewer.userId) throw new ProblemError('not-allowed');
  await trx
    .insertInto('reference_ratings')
    .values({ reference_id: id, user_id: viewer.userId, stars })
    .onConflict((conflict) => conflict.columns(['reference_id', 'user_id']).doUpdateSet({ stars }))
    .execute();
}

/** A second report of the same user replaces his first. */
export async function report(
  trx: Work,
  viewer: Viewer,
  id: string,
  reason: string,
  now: Date,
): Promise<void> {
  await oneReference(trx, viewer, id);
  await trx
    .insertInto('reference_reports')
    .values({ id: newId(now), reference_id: id, user_id: viewer.userId, reason, reported_at: now })
    .onConflict((conflict) => conflict.columns(['reference_id', 'user_id']).doUpdateSet({ reason }))
    .execute();
}
