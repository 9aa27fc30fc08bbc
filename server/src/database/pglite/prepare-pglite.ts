/** A database made and migrated once, for directories to begin with. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { migrate } from '../migrations/migrate.ts';
import { overPglite } from './open-pglite.ts';
import { LocalSession } from './pglite-session.ts';

/** A dump of a new, migrated database. Takes as long as making one does. */
export async function preparedPglite(): Promise<Uint8Array> {
  const session = await LocalSession.open({});
  const database = await overPglite(session);
  await migrate(database);
  const dump = await session.pglite.dumpDataDir('none');
  await database.close();
  return new Uint8Array(await dump.arrayBuffer());
}

/** Writes it to a file, whole or not at all, for `openPglite({ preparedDump })`. */
export async function preparePglite(file: string): Promise<void> {
  const dump = await preparedPglite();
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, dump);
  renameSync(unfinished, file);
}
