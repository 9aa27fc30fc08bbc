/** Sharing and changing references. All of it is the owner's own. */
import type { changeReference, ShareReference } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type * as z from 'zod';
import type { Viewer, Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';
import { ProblemError } from '../../problem-error.ts';
import { isInTeam } from '../../rights/seen-drivers.ts';

/**
 * Copies one of the viewer's laps with its file, from table to table. Rejects with `not-found` for a lap or a team that is not his, `no-lap-file`,
 * `not-reference-grade`, or `lap-damaged` when the stored file is not what was uploaded.
 */
export async function insertReference(
  trx: Work,
  viewer: Viewer,
  share: ShareReference,
  now: Date,
): Promise<{ id: string; bytes: number }> {
  if (share.teamId !== null && !(await isInTeam(trx, share.teamId))) throw new ProblemError('not-found');
  const lap = await ownLap(trx, viewer, share.lapId);
  const id = newId(now);
  await trx
    .insertInto('reference_laps')
    .values({
      id,
      owner_id: viewer.userId,
      team_id: share.teamId,
      visibility: share.visibility,
      from_lap_id: share.lapId,
      label: share.label,
      note: share.note,
      shared_at: now,
      updated_at: now,
      ...lap,
    })
    .execute();
  const copied = await trx
    .insertInto('reference_files')
    .columns(['reference_id', 'data'])
    .expression((of) =>
      of
        .selectFrom('lap_files')
        .select([sql<string>`${id}::uuid`.as('reference_id'), 'data'])
        .where('lap_id', '=', share.lapId)
        .where(sql<boolean>`encode(sha256(data), 'hex') = ${lap.sha256}`),
    )
    .executeTakeFirst();
  if (copied.numInsertedOrUpdatedRows !== 1n) throw new ProblemError('lap-damaged');
  return { id, bytes: lap.bytes };
}

async function ownLap(trx: Work, viewer: Viewer, lapId: string) {
  const row = await trx
    .selectFrom('laps')
    .innerJoin('sessions', 'sessions.id', 'laps.session_id')
    .select([
      'laps.track_key',
      'laps.car_key',
      'track_name',
      'track_config',
      'car_name',
      'wet',
      'assisted',
      'lap_time_s',
      'time_source',
      'reference_grade',
      'lap_file_sha256',
      'laps.lap_file_bytes',
    ])
    .where('laps.id', '=', lapId)
    .where('laps.owner_id', '=', viewer.userId)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  const { reference_grade: good, lap_file_sha256: sha256, lap_file_bytes: bytes, lap_time_s, ...rest } = row;
  if (sha256 === null || bytes === null) throw new ProblemError('no-lap-file');
  if (!good || lap_time_s === null) throw new ProblemError('not-reference-grade');
  return { ...rest, wet: rest.wet ?? false, lap_time_s, sha256, bytes };
}

/** Rejects with `not-found` for a reference or a team that is not the viewer's, with `invalid` where a team and the visibility do not go together. */
export async function changeOwn(
  trx: Work,
  viewer: Viewer,
  id: string,
  { change, now }: { change: z.infer<typeof changeReference>; now: Date },
): Promise<void> {
  const own = await trx
    .selectFrom('reference_laps')
    .select(['visibility', 'team_id'])
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .forUpdate()
    .executeTakeFirst();
  if (own === undefined) throw new ProblemError('not-found');
  const visibility = change.visibility ?? own.visibility;
  const teamId = visibility === 'team' ? (change.teamId ?? own.team_id) : (change.teamId ?? null);
  if ((visibility === 'team') !== (teamId !== null))
    throw new ProblemError('invalid', {
      issues: [{ in: 'body', pointer: '/teamId', message: 'a team goes with the visibility team' }],
    });
  if (teamId !== null && teamId !== own.team_id && !(await isInTeam(trx, teamId)))
    throw new ProblemError('not-found');
  await trx
    .updateTable('reference_laps')
    .set({
      visibility,
      team_id: teamId,
      updated_at: now,
      ...(change.label === undefined ? {} : { label: change.label }),
      ...(change.note === undefined ? {} : { note: change.note }),
    })
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .execute();
}

/** Whether there was one of the viewer's. */
export async function deleteOwn(trx: Work, viewer: Viewer, id: string): Promise<boolean> {
  const gone = await trx
    .deleteFrom('reference_laps')
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .returning('id')
    .execute();
  return gone.length > 0;
}
