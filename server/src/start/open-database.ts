/** The database that the configuration names, with this version's tables. */
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import { migrate } from '../database/migrations/migrate.ts';
import { openPglite } from '../database/pglite/open-pglite.ts';
import { openPostgres } from '../database/postgres/open-postgres.ts';

/**
 * Rejects with one sentence when it cannot be had.
 * @param onGone called when the database has died in use and only a restart helps
 */
export async function openDatabase(
  config: Config,
  onGone: (error: Error) => void = () => undefined,
): Promise<{ database: Database; applied: string[] }> {
  const database = await openHome(config, onGone);
  try {
    return { database, applied: await migrate(database) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function openHome(config: Config, onGone: (error: Error) => void): Promise<Database> {
  if (config.databaseUrl !== null)
    return openPostgres({ url: config.databaseUrl, poolSize: config.databasePoolSize });
  return openPglite({ directory: join(config.dataDir, 'server'), onGone });
}
