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

/** The bytes as the engine made them. */
export async function lapFile(trx: Work, viewer: Viewer, id: string): Promise<Buffer> {
  const row = await trx
    .selectFrom('laps')
    .innerJoin('sessions', 'sessions.id', 'laps.session_id')
    .leftJoin('lap_files', 'lap_files.lap_id', 'laps.id')
    .select('lap_files.data')
    .where('laps.id', '=', id)
    .where(seenSession(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  if (row.data === null) throw new ProblemError('no-lap-file');
  return row.data;
}

/** Null when they were made by another version of the analysis, or never. */
export async function storedMetrics(
  trx: Work,
  viewer: Viewer,
  id: string,
  analysisVersion: number,
): Promise<Omit<LapMetrics, 'lapId'> | null> {
  const row = await trx
    .selectFrom('lap_metrics')
    .innerJoin('laps', 'laps.id', 'lap_metrics.lap_id')
    .innerJoin('sessions', 'sessions.id', 'laps.session_id')
    .select('lap_metrics.document')
    .where('lap_metrics.lap_id', '=', id)
    .where('lap_metrics.analysis_version', '=', analysisVersion)
    .where(seenSession(viewer))
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
