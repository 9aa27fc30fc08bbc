/** Setting up beside replicas that do the same, and beside TimescaleDB's own jobs, which take locks in an order of theirs. */
import { sql } from 'kysely';
import type { Work } from '../database.ts';
import { QueryError } from '../database-gone.ts';

/** Any number that no other lock of this database has. */
const setUpLock = 7_391_204_657;
const deadlock = '40P01';
const attempts = 10;

/** Until the end of the transaction no other replica sets up. May wait for as long as that takes. */
export async function holdSetUp(trx: Work): Promise<void> {
  await sql`SET LOCAL statement_timeout = 0`.execute(trx);
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(setUpLock)})`.execute(trx);
}

/** PostgreSQL finds a deadlock by waiting a second, so this does not turn round and round. */
export async function untilNoDeadlock<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof QueryError) || error.code !== deadlock || attempt === attempts) throw error;
    }
}
