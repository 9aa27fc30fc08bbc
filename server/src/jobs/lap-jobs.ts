/** What is done for a lap after it was stored: its metrics, and its rows in the telemetry table. */
import type { Analysis } from '../analysis/analysis.ts';
import type { Database } from '../database/database.ts';
import type { TelemetryTable } from '../database/telemetry/telemetry-table.ts';
import type { Job, JobKind } from './job-queue.ts';
import type { JobHandlers } from './job-runner.ts';

export interface LapJobParts {
  database: Database;
  analysis: Pick<Analysis, 'analysisVersion' | 'metrics' | 'copyRows'>;
  /** Null where there is no telemetry table. */
  telemetry: TelemetryTable | null;
}

interface StoredLap {
  id: string;
  ownerId: string;
  startedAt: Date;
  endedAt: Date;
  lapFile: Buffer;
}

/** The kinds that there is work of. */
export function kindsFor({ telemetry }: Pick<LapJobParts, 'telemetry'>): JobKind[] {
  return telemetry === null ? ['make-metrics'] : ['make-metrics', 'fill-telemetry'];
}

/** A lap that has been deleted, or has no file, leaves nothing to do. */
export function lapJobs(parts: LapJobParts): JobHandlers {
  const handlers: JobHandlers = { 'make-metrics': (job) => makeMetrics(parts, job) };
  const { telemetry } = parts;
  if (telemetry) handlers['fill-telemetry'] = (job) => fillTelemetry(parts, telemetry, job);
  return handlers;
}

async function makeMetrics({ database, analysis }: LapJobParts, { lapId }: Job): Promise<void> {
  const lap = await storedLap(database, lapId);
  if (lap === null) return;
  const document = JSON.stringify(await analysis.metrics(lap.lapFile));
  const made = { analysis_version: analysis.analysisVersion, document };
  await database.asSystem(async (trx) => {
    // It may have been deleted while it was analysed.
    const there = await trx.selectFrom('laps').select('id').where('id', '=', lapId).forKeyShare().execute();
    if (there.length === 0) return;
    await trx
      .insertInto('lap_metrics')
      .values({ lap_id: lapId, ...made })
      .onConflict((conflict) => conflict.column('lap_id').doUpdateSet(made))
      .execute();
  });
}

async function fillTelemetry(
  { database, analysis }: LapJobParts,
  telemetry: TelemetryTable,
  { lapId }: Job,
): Promise<void> {
  const lap = await storedLap(database, lapId);
  if (lap === null) return;
  const rows = await analysis.copyRows(lap.lapFile, lap);
  await telemetry.fill({ lapId, startedAt: lap.startedAt, endedAt: lap.endedAt }, rows);
}

async function storedLap(database: Database, lapId: string): Promise<StoredLap | null> {
  const row = await database.asSystem((trx) =>
    trx
      .selectFrom('laps')
      .innerJoin('lap_files', 'lap_files.lap_id', 'laps.id')
      .innerJoin('sessions', 'sessions.id', 'laps.session_id')
      .select(['laps.id', 'laps.owner_id', 'laps.start_sample', 'laps.end_sample', 'lap_files.data'])
      .select(['sessions.started_at', 'sessions.sample_rate_hz'])
      .where('laps.id', '=', lapId)
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  const at = (sample: number) => new Date(row.started_at.getTime() + (sample * 1000) / row.sample_rate_hz);
  return {
    id: row.id,
    ownerId: row.owner_id,
    startedAt: at(row.start_sample),
    endedAt: at(row.end_sample),
    lapFile: row.data,
  };
}
