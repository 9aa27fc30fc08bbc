/** Commands that do one thing with the database and end. */
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import { linkUrl } from '../identity/links.ts';
import { adminLink } from './first-admin.ts';
import { openDatabase } from './open-database.ts';

/** What a command says: a line for a person and a document for a script. */
export interface Outcome {
  text: string;
  document: Record<string, unknown>;
}

/** Fills the rows of telemetry anew from the lap files. Resolves to how many laps and rows that were. */
export type RebuildTelemetry = (database: Database) => Promise<{ laps: number; rows: number }>;

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

export async function rebuildTelemetry(config: Config, rebuild: RebuildTelemetry): Promise<Outcome> {
  const { database } = await openDatabase(config);
  try {
    const { laps, rows } = await rebuild(database);
    return { text: `Filled ${rows} rows from ${laps} laps.`, document: { laps, rows } };
  } finally {
    await database.close();
  }
}
