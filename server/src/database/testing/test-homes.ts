/** Every home of the database, for suites that must pass on all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import type { KyselyDatabase } from '../kysely-database.ts';
import { migrate } from '../migrations/migrate.ts';
import { openPglite } from '../pglite/open-pglite.ts';
import { openPostgres } from '../postgres/open-postgres.ts';
import { preparedDump } from './prepared-dump.ts';
import { postgresMissing, startPostgres, type TestPostgres, type Timescale } from './start-postgres.ts';

export interface TestHome {
  name: string;
  /** Why it is not on this machine, or null. */
  missing: string | null;
  /** A new database, migrated. It is closed by who opened it, or in the end. */
  open(): Promise<KyselyDatabase>;
  /** Closes what is open and removes everything. */
  remove(): Promise<void>;
}

function pgliteHome(): TestHome {
  const directories: string[] = [];
  const opened: KyselyDatabase[] = [];
  return {
    name: 'PGlite',
    missing: null,
    async open() {
      const directory = mkdtempSync(join(tmpdir(), 'rc-pglite-'));
      directories.push(directory);
      const database = await openPglite({ directory, preparedDump: await preparedDump() });
      await migrate(database);
      opened.push(database);
      return database;
    },
    async remove() {
      for (const database of opened) await database.close();
      for (const directory of directories) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function postgresHome(name: string, timescale: Timescale): TestHome {
  let server: Promise<TestPostgres> | undefined;
  const opened: KyselyDatabase[] = [];
  return {
    name,
    missing: postgresMissing(timescale),
    async open() {
      server ??= startPostgres(timescale);
      const url = await (await server).newDatabase();
      const database = await openPostgres({ url, poolSize: 5 });
      await migrate(database);
      opened.push(database);
      return database;
    },
    async remove() {
      for (const database of opened) await database.close();
      await (await server)?.remove();
    },
  };
}

/** All of them. A server is started when its first database is opened. */
export const testDatabases = (): TestHome[] => [
  pgliteHome(),
  postgresHome('PostgreSQL', 'none'),
  postgresHome('TimescaleDB', 'timescale'),
  postgresHome('TimescaleDB (Apache licence)', 'apache'),
];

/**
 * A suite for each home that is here, named `<name> on <home>`; the others are skipped with a reason. Only `homes` when they are named: what does not
 * know of TimescaleDB has no need to run on it.
 */
export function onEveryHome(name: string, suite: (home: TestHome) => void, homes?: string[]): void {
  for (const home of testDatabases()) {
    if (homes && !homes.includes(home.name)) continue;
    const title = `${name} on ${home.name}`;
    if (home.missing !== null) console.log(`skipped: ${title}: ${home.missing}`);
    describe.skipIf(home.missing !== null)(title, () => {
      afterAll(() => home.remove());
      suite(home);
    });
  }
}
