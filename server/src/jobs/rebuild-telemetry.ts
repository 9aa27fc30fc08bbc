/**
 * `racing-coach server rebuild-telemetry`: the telemetry table emptied and made again from the lap files. It puts a job for every lap into
 * the queue, in one transaction, and works on it; servers that run help. When it is interrupted the rest is in the queue: `resume` goes on with that.
 */
import { sql } from 'kysely';
import type { Analysis } from '../analysis/analysis.ts';
import type { Database } from '../database/database.ts';
import type { TelemetryTable } from '../database/telemetry/telemetry-table.ts';
import { countJobs } from './job-queue.ts';
import { JobRunner, type RunnerOptions } from './job-runner.ts';
import { lapJobs } from './lap-jobs.ts';

export interface Progress {
  /** Laps that are still to be filled in, by whoever does it. */
  left: number;
  /** Laps whose files could not be filled in; the reasons are in the table `jobs`. */
  failed: number;
}

export interface RebuildOptions extends Pick<RunnerOptions, 'clock' | 'random' | 'onFailure'> {
  /** Goes on with what is in the queue instead of beginning again. */
  resume: boolean;
  onProgress(progress: Progress): void;
  signal: AbortSignal;
}

/** Between looks at what others still work on. */
const waitMs = 1_000;

/** Resolves when no lap is left, or the signal is aborted. */
export async function rebuildTelemetry(
  database: Database,
  analysis: Analysis,
  telemetry: TelemetryTable,
  options: RebuildOptions,
): Promise<Progress> {
  if (!options.resume) {
    await telemetry.clear();
    await enqueueAll(database, options.clock.now(), telemetry.retentionDays);
  }
  const handlers = lapJobs({ database, analysis, telemetry });
  const runner = new JobRunner({ ...options, database, handlers });
  for (;;) {
    const { waiting: left, failed } = await countJobs(database, 'fill-telemetry');
    options.onProgress({ left, failed });
    if (left === 0 || options.signal.aborted) return { left, failed };
    if (!(await runSome(runner, options.signal))) await options.clock.sleep(waitMs, options.signal);
  }
}

/** A handful between two reports; false when others have what is left, or it is not its time yet. */
async function runSome(runner: JobRunner, signal: AbortSignal): Promise<boolean> {
  for (let count = 0; count < 20 && !signal.aborted; count += 1)
    if (!(await runner.runOne('fill-telemetry'))) return count > 0;
  return true;
}

/** Laps that retention would drop again are left out; jobs that had failed get their attempts back. */
async function enqueueAll(database: Database, now: Date, retentionDays: number | null): Promise<void> {
  const oldest = retentionDays === null ? new Date(0) : new Date(now.getTime() - retentionDays * 86_400_000);
  await database.asSystem((trx) =>
    sql`INSERT INTO jobs (id, kind, lap_id, created_at, run_after)
      SELECT gen_random_uuid(), 'fill-telemetry', laps.id, ${now}, ${now}
      FROM laps JOIN lap_files ON lap_files.lap_id = laps.id JOIN sessions ON sessions.id = laps.session_id
      WHERE sessions.started_at >= ${oldest}
      ON CONFLICT (kind, lap_id) DO UPDATE
        SET failed = false, attempts = 0, problem = NULL, run_after = EXCLUDED.run_after, leased_until = NULL`.execute(
      trx,
    ),
  );
}
