/** A migrated PGlite in memory, in this thread: the quickest database for tests of what stands on it. */
import { openAsBlob } from 'node:fs';
import type { KyselyDatabase } from '../kysely-database.ts';
import { overPglite } from '../pglite/open-pglite.ts';
import { LocalSession } from '../pglite/pglite-session.ts';
import { preparedDump } from './prepared-dump.ts';

export async function memoryDatabase(): Promise<KyselyDatabase> {
  return await overPglite(await LocalSession.open({ loadDataDir: await openAsBlob(await preparedDump()) }));
}
