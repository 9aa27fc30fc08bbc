/** A migrated PGlite in memory, in this thread: the quickest database for tests of what stands on it. */
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { KyselyDatabase } from '../kysely-database.ts';
import { sql as begin } from '../migrations/0001-begin.ts';
import type { Tables } from '../tables.ts';

let made: Promise<Blob | File> | undefined;

/** Made once and copied: creating a database takes seconds. */
async function migrated(): Promise<Blob | File> {
  const pglite = await PGlite.create();
  await pglite.exec(begin);
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  return dump;
}

export async function memoryDatabase(): Promise<KyselyDatabase> {
  made ??= migrated();
  const pglite = await PGlite.create({
    loadDataDir: await made,
    parsers: { 17: (text: string) => Buffer.from(text.slice(2), 'hex'), 20: Number },
    serializers: { 17: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}` },
  });
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return await KyselyDatabase.open(db, {
    kind: 'pglite',
    copyIn: () => Promise.reject(new Error('not in memory')),
    copyOut: () => Promise.reject(new Error('not in memory')),
    close: async () => undefined,
  });
}
