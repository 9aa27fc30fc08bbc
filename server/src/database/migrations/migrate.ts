/**
 * Brings a database to this version's tables: forwards only, all of it in one transaction. Replicas that start together wait for the first one and find
 * nothing left to do. What was applied is in the table `migrations`.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Work } from '../database.ts';
import { type Migration, migrations } from './migrations.ts';

/** Says in one sentence why the database cannot be used by this version. */
export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

/** Of the advisory lock; any number that nothing else in the database takes. */
const lockNumber = 7_391_204_655;

interface Applied {
  number: number;
  name: string;
  sha256: string;
}

const hashOf = ({ sql: text }: Migration) => createHash('sha256').update(text).digest('hex');

/** Resolves to the names of those that were applied now. */
export function migrate(database: Database, list: readonly Migration[] = migrations): Promise<string[]> {
  return database.asSystem(async (trx) => {
    // A replica that waits for another's long migration is not stuck.
    await sql`SET LOCAL statement_timeout = 0`.execute(trx);
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(lockNumber)})`.execute(trx);
    const applied = await readApplied(trx);
    refuseOthers(applied, list);
    const missing = list.slice(applied.length);
    for (const [index, migration] of missing.entries())
      await apply(trx, applied.length + index + 1, migration);
    return missing.map(({ name }) => name);
  });
}

async function readApplied(trx: Work): Promise<Applied[]> {
  await sql`CREATE TABLE IF NOT EXISTS migrations (
    number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL
  )`.execute(trx);
  const { rows } = await sql<Applied>`SELECT number, name, sha256 FROM migrations ORDER BY number`.execute(
    trx,
  );
  return rows;
}

function refuseOthers(applied: Applied[], list: readonly Migration[]): void {
  if (applied.length > list.length)
    throw new MigrationError(
      `The database is of a newer version (${applied.at(-1)?.name}); this one knows ${list.at(-1)?.name}. Update the server.`,
    );
  for (const [index, { name, sha256 }] of applied.entries()) {
    const migration = list[index];
    if (migration === undefined || name !== migration.name || sha256 !== hashOf(migration))
      throw new MigrationError(
        `The migration ${name} of the database is not the one that this version has. Use the version that made it.`,
      );
  }
}

async function apply(trx: Work, number: number, migration: Migration): Promise<void> {
  await sql.raw(migration.sql).execute(trx);
  await sql`INSERT INTO migrations (number, name, sha256, applied_at)
    VALUES (${number}, ${migration.name}, ${hashOf(migration)}, now())`.execute(trx);
}
