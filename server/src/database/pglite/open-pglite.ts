/** The embedded home: PostgreSQL's SQL with no service, in a worker thread of this process. */
import { Kysely } from 'kysely';
import type { DatabaseGone } from '../database-gone.ts';
import { homeDialect } from '../home-connection.ts';
import { KyselyDatabase } from '../kysely-database.ts';
import type { Tables } from '../tables.ts';
import { PgliteDriver } from './pglite-driver.ts';
import type { PgliteSession } from './pglite-session.ts';
import { WorkerSession } from './worker-session.ts';

export interface PgliteOptions {
  /** Made when it is not there; one server at a time. */
  directory: string;
  /** A dump by `preparePglite` to begin an empty directory with: 0.5 s instead of the 3 to 5 s that making a database takes. */
  preparedDump?: string;
  /** Called once when the database has died while it was in use; nothing but a restart of the process helps then. */
  onGone?(error: DatabaseGone): void;
}

/** Not migrated yet. Rejects with one sentence when another server has the directory. */
export async function openPglite(options: PgliteOptions): Promise<KyselyDatabase> {
  const start = { directory: options.directory, preparedDump: options.preparedDump ?? null };
  return await overPglite(await WorkerSession.open(start, (error) => options.onGone?.(error)));
}

/** The database over a session, wherever that runs. */
export async function overPglite(session: PgliteSession): Promise<KyselyDatabase> {
  const db = new Kysely<Tables>({ dialect: homeDialect(new PgliteDriver(session), true) });
  return await KyselyDatabase.open(db, 'pglite');
}
