/** One lap: its facts, its file, its metrics. */
import type { LapMetrics, ServerLap } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';
import { ProblemError } from '../../problem-error.ts';
import { seenSession } from '../seen-owners.ts';
import { lapOf } from './lap-row.ts';

export async function oneLap(trx: Work, viewer: Viewer, id: string): Promise<ServerLap> {
  const row = await trx
    .selectFrom('laps')
    .innerJoin('sessions', 'sessions.id', 'laps.session_id')
    .innerJoin('users', 'users.id', 'laps.owner_id')
    .selectAll('laps')
    .select('users.name as owner_name')
    .where('laps.id', '=', id)
    .where(seenSession(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  return lapOf(row);
}

/** The bytes as the engine made them. Asked for by their key: joined with laps, their policy would be held against every lap there is. */
export async function lapFile(trx: Work, viewer: Viewer, id: string): Promise<Buffer> {
  await seenFileSha256(trx, viewer, id);
  return await fileOfSeenLap(trx, id);
}

/** Of a lap that was seen to be one of the viewer's. */
export async function fileOfSeenLap(trx: Work, id: string): Promise<Buffer> {
  const row = await trx.selectFrom('lap_files').select('data').where('lap_id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ProblemError('no-lap-file');
  return row.data;
}

/** The hash of the lap's file, for whoever may see the lap. */
export async function seenFileSha256(trx: Work, viewer: Viewer, id: string): Promise<string> {
  const sha256 = await seeLap(trx, viewer, id);
  if (sha256 === null) throw new ProblemError('no-lap-file');
  return sha256;
}

async function seeLap(trx: Work, viewer: Viewer, id: string): Promise<string | null> {
  const row = await trx
    .selectFrom('laps')
    .innerJoin('sessions', 'sessions.id', 'laps.session_id')
    .select('laps.lap_file_sha256')
    .where('laps.id', '=', id)
    .where(seenSession(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  return row.lap_file_sha256;
}

/** Null when they were made by another version of the analysis, or never. */
export async function storedMetrics(
  trx: Work,
  viewer: Viewer,
  id: string,
  analysisVersion: number,
): Promise<Omit<LapMetrics, 'lapId'> | null> {
  await seeLap(trx, viewer, id);
  const row = await trx
    .selectFrom('lap_metrics')
    .select('document')
    .where('lap_id', '=', id)
    .where('analysis_version', '=', analysisVersion)
    .executeTakeFirst();
  return row === undefined
    ? null
    : ({ ...row.document, analysisVersion } as unknown as Omit<LapMetrics, 'lapId'>);
}

export async function saveMetrics(trx: Work, id: string, metrics: Omit<LapMetrics, 'lapId'>): Promise<void> {
  const { analysisVersion, ...rest } = metrics;
  const document = sql`${JSON.stringify(rest)}::jsonb` as never;
  await trx
    .insertInto('lap_metrics')
    .values({ lap_id: id, analysis_version: analysisVersion, document })
    .onConflict((conflict) =>
      conflict.column('lap_id').doUpdateSet({ analysis_version: analysisVersion, document }),
    )
    .execute();
}

export async function removeLap(trx: Work, viewer: Viewer, id: string): Promise<{ sessionId: string }> {
  const row = await trx
    .deleteFrom('laps')
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .returning('session_id')
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  return { sessionId: row.session_id };
}
