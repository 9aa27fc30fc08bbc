/** What engines send: sessions, laps with their files, and what of it is here. Everything is the viewer's own. */
import type { SessionUpload } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';
import { ProblemError } from '../../problem-error.ts';

const sessionColumns = (session: SessionUpload) => ({
  source: session.source,
  source_name: session.sourceName,
  sim: session.sim,
  track_key: session.trackKey,
  car_key: session.carKey,
  track_name: session.trackName,
  track_config: session.trackConfig,
  track_length_m: session.trackLengthM,
  car_name: session.carName,
  sample_rate_hz: session.sampleRateHz,
  date: session.date,
  own: session.own,
  started_at: new Date(session.storedAt),
});

/**
 * Puts a session in, or in the place of what was sent before. Laps are compared by sim, track and car, so these stay as soon as there is a lap: other ones
 * are `id-taken`.
 */
export async function putSession(
  trx: Work,
  viewer: Viewer,
  clientId: string,
  { session, now }: { session: SessionUpload; now: Date },
): Promise<{ id: string; changed: boolean }> {
  const columns = sessionColumns(session);
  const row = { id: newId(now), owner_id: viewer.userId, client_id: clientId, created_at: now };
  const made = await trx
    .insertInto('sessions')
    .values({ ...row, ...columns, visibility: 'team' })
    .onConflict((conflict) => conflict.columns(['owner_id', 'client_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made !== undefined) return { id: made.id, changed: true };
  const before = await trx
    .selectFrom('sessions')
    .selectAll()
    .where('owner_id', '=', viewer.userId)
    .where('client_id', '=', clientId)
    .forUpdate()
    .executeTakeFirst();
  // Deleted between the two statements: the engine sends it again.
  if (before === undefined) throw new ProblemError('conflict');
  const differs = (names: (keyof typeof columns)[]) =>
    names.some((name) => JSON.stringify(before[name]) !== JSON.stringify(columns[name]));
  if (!differs(Object.keys(columns) as (keyof typeof columns)[])) return { id: before.id, changed: false };
  if (before.laps > 0 && differs(['sim', 'track_key', 'car_key'])) throw new ProblemError('id-taken');
  await trx
    .updateTable('sessions')
    .set(columns)
    .where('id', '=', before.id)
    .where('owner_id', '=', viewer.userId)
    .execute();
  return { id: before.id, changed: true };
}

export interface StoredUpload {
  id: string;
  uploadSha256: Buffer;
  lapFileSha256: string | null;
}

export async function findUpload(
  trx: Work,
  viewer: Viewer,
  clientId: string,
): Promise<StoredUpload | undefined> {
  const row = await trx
    .selectFrom('laps')
    .select(['id', 'upload_sha256', 'lap_file_sha256'])
    .where('owner_id', '=', viewer.userId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row && { id: row.id, uploadSha256: row.upload_sha256, lapFileSha256: row.lap_file_sha256 };
}

export interface UploadSession {
  id: string;
  visibility: 'private' | 'team';
  track_key: string;
  car_key: string;
}

/** @param lock held to the end of the transaction, so that its counts are of all its laps */
export const findUploadSession = (
  trx: Work,
  viewer: Viewer,
  clientId: string,
  { lock }: { lock: boolean },
): Promise<UploadSession | undefined> =>
  trx
    .selectFrom('sessions')
    .select(['id', 'visibility', 'track_key', 'car_key'])
    .where('owner_id', '=', viewer.userId)
    .where('client_id', '=', clientId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();

/** Of all lap files and references of the viewer's. */
export async function storedBytes(trx: Work, viewer: Viewer): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT ((SELECT coalesce(sum(lap_file_bytes), 0) FROM sessions WHERE owner_id = ${viewer.userId}) +
      (SELECT coalesce(sum(bytes), 0) FROM reference_laps WHERE owner_id = ${viewer.userId}))::bigint AS bytes`.execute(
    trx,
  );
  return Number(rows[0]?.bytes ?? 0);
}

/** Which of these laps are here. */
export async function knownLaps(trx: Work, viewer: Viewer, clientIds: string[]) {
  if (clientIds.length === 0) return [];
  const rows = await trx
    .selectFrom('laps')
    .select(['client_id', 'lap_file_sha256'])
    .where('owner_id', '=', viewer.userId)
    .where('client_id', 'in', clientIds)
    .orderBy('client_id')
    .execute();
  return rows.map((row) => ({ clientId: row.client_id, sha256: row.lap_file_sha256 }));
}
