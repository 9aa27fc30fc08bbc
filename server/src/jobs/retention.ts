/** Drops telemetry rows that are too old where no policy of the database does it. Every replica may run it: dropping twice is dropping once. */
import type { TelemetryTable } from '../database/telemetry/telemetry-table.ts';
import type { Clock } from './job-runner.ts';

const dayMs = 24 * 3600 * 1000;
const everyMs = 3600 * 1000;

export async function dropOldRows(telemetry: TelemetryTable, now: Date): Promise<void> {
  if (telemetry.retentionDays === null || telemetry.dropsByItself) return;
  await telemetry.dropBefore(new Date(now.getTime() - telemetry.retentionDays * dayMs));
}

/** Every hour until the signal is aborted. What fails is told and tried again an hour later. */
export async function keepRetention(
  telemetry: TelemetryTable,
  clock: Clock,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await dropOldRows(telemetry, clock.now()).catch(onFailure);
    await clock.sleep(everyMs, signal);
  }
}
