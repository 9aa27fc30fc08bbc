/** The files of the embedded database: `postgres/` in its data directory. */
import { existsSync, openAsBlob, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalSession } from './pglite-session.ts';

/** Of the PostgreSQL inside PGlite: files of another one cannot be read. */
const postgresMajor = '18';

/**
 * Opens what is there or makes it. While it is made, a note lies beside it: a process that died then leaves files that nobody has written to, and
 * the next start throws them away.
 */
export async function openFiles(directory: string, preparedDump: string | null): Promise<LocalSession> {
  const dataDir = dataFolder(directory);
  const making = join(directory, 'making');
  if (existsSync(making)) rmSync(dataDir, { recursive: true, force: true });
  const versionFile = join(dataDir, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const major = readFileSync(versionFile, 'utf8').trim();
    if (major !== postgresMajor)
      throw new Error(
        `The data directory ${directory} is of PostgreSQL ${major}; this version has ${postgresMajor}.`,
      );
    return await LocalSession.open({ dataDir });
  }
  writeFileSync(making, '');
  const dump =
    preparedDump !== null && existsSync(preparedDump) ? { loadDataDir: await openAsBlob(preparedDump) } : {};
  const session = await LocalSession.open({ dataDir, ...dump });
  rmSync(making);
  return session;
}

export const dataFolder = (directory: string) => join(directory, 'postgres');
