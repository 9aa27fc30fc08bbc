/** A migrated PGlite in memory, in this thread: the quickest database for tests of what stands on it. */
import type { KyselyDatabase } from '../kysely-database.ts';
import { migrate } from '../migrations/migrate.ts';
import { overPglite } from '../pglite/open-pglite.ts';
import { LocalSession } from '../pglite/pglite-session.ts';

let made: Promise<Blob | File> | undefined;

/** Made once and copied: creating a database takes seconds. */
async function migrated(): Promise<Blob | File> {
  const session = await LocalSession.open({});
  const database = await overPglite(session);
  await migrate(database);
  const dump = await session.pglite.dumpDataDir('none');
  await database.close();
  return dump;
}

export async function memoryDatabase(): Promise<KyselyDatabase> {
  made ??= migrated();
  return await overPglite(await LocalSession.open({ loadDataDir: await made }));
}
