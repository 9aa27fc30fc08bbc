/** Commands that do one thing with the database and end. */
import { openAnalysis } from '../analysis/open-analysis.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { linkUrl } from '../identity/links.ts';
import { systemClock as jobsClock } from '../jobs/job-runner.ts';
import { rebuildTelemetry as rebuild } from '../jobs/rebuild-telemetry.ts';
import { adminLink } from './first-admin.ts';
import { openDatabase } from './open-database.ts';
import { openTelemetry } from './telemetry.ts';

/** What a command says: a line for a person and a document for a script. */
export interface Outcome {
  text: string;
  document: Record<string, unknown>;
}

export async function migrateDatabase(config: Config): Promise<Outcome> {
  const { database, applied } = await openDatabase(config);
  await database.close();
  const text =
    applied.length === 0 ? 'The database is up to date.' : `Brought up to date: ${applied.join(', ')}.`;
  return { text, document: { applied } };
}

/** Another admin may sign up: for a server whose admins have lost their passwords. */
export async function createAdmin(config: Config): Promise<Outcome> {
  const { database } = await openDatabase(config);
  try {
    const secret = await adminLink(database, systemClock());
    const origin = config.publicUrl ?? `http://${config.host}:${config.port}`;
    const url = linkUrl(origin, 'sign-up', secret);
    return { text: `Open this once, within a week, to become an admin:\n${url}`, document: { signUp: url } };
  } finally {
    await database.close();
  }
}

/** Fills the rows of telemetry anew. Rejects where there is no table for them. */
export async function rebuildTelemetry(
  config: Config,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<Outcome> {
  const { database } = await openDatabase(config);
  const analysis = await openAnalysis();
  try {
    const telemetry = await openTelemetry(config, database);
    if (telemetry === null)
      throw new Error('There is no table of telemetry here: it needs TimescaleDB, or TELEMETRY_ROWS=on.');
    const { left, failed } = await rebuild(database, analysis, telemetry, {
      resume: false,
      clock: jobsClock,
      random: Math.random,
      signal,
      onFailure: (job, problem) => tell(`Lap ${job.lapId}: ${problem}`),
      onProgress: (progress) => tell(`${progress.left} laps left`),
    });
    const text = left > 0 ? `Stopped; ${left} laps are left for a server.` : `Done; ${failed} laps failed.`;
    return { text, document: { left, failed } };
  } finally {
    await analysis.close();
    await database.close();
  }
}
