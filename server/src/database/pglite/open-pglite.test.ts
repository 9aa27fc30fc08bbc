import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { DatabaseGone } from '../database-gone.ts';
import { preparedDump } from '../testing/prepared-dump.ts';
import { startedAt } from '../testing/test-rows.ts';
import { openPglite } from './open-pglite.ts';

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});
function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rc-pglite-'));
  directories.push(directory);
  return directory;
}
const open = async (directory: string) => openPglite({ directory, preparedDump: await preparedDump() });
const holder = fileURLToPath(new URL('../testing/hold-pglite.ts', import.meta.url));

/** A process that has the database open and commits one row after another; resolves when some are said to be committed. */
async function holding(directory: string) {
  const child = spawn(process.execPath, [holder, directory, await preparedDump()], { stdio: 'pipe' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let said = '';
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      said += data;
      if (said.split('\n').length > 20) resolve();
    });
    child.once('exit', () => reject(new Error(errors)));
  });
  return { committed: () => said.split('\n').length - 1, child, gone, errors: () => errors };
}

test('a second process gets one sentence; after kill -9 the directory is free and every commit is there', async () => {
  const directory = newDirectory();
  const first = await holding(directory);
  await expect(open(directory)).rejects.toThrow(
    `Another server (process ${first.child.pid}) uses the data directory ${directory}. Stop it first.`,
  );
  first.child.kill('SIGKILL');
  await first.gone;
  expect(first.errors()).toBe('');
  const database = await open(directory);
  const { rows } = await database.asSystem((trx) =>
    sql<{ count: number }>`SELECT count(*) AS count FROM failures`.execute(trx),
  );
  expect(rows[0]?.count).toBeGreaterThanOrEqual(first.committed());
  await database.close();
});

test('what was closed opens again, and frees its directory', async () => {
  const directory = newDirectory();
  for (const subject of ['a', 'b']) {
    const database = await open(directory);
    await expect(open(directory)).rejects.toThrow('Another server');
    await database.asSystem((trx) =>
      trx
        .insertInto('failures')
        .values({ subject, count: 1, first_at: startedAt, locked_until: null })
        .execute(),
    );
    await database.close();
  }
  const database = await open(directory);
  expect(
    await database.asSystem((trx) => trx.selectFrom('failures').select('subject').execute()),
  ).toHaveLength(2);
  await database.close();
});

test('a start that died while it made the files begins anew; files of another PostgreSQL are refused', async () => {
  const directory = newDirectory();
  await (await open(directory)).close();
  writeFileSync(join(directory, 'making'), '');
  rmSync(join(directory, 'postgres/global'), { recursive: true });
  const database = await open(directory);
  await database.ping();
  await database.close();
  expect(existsSync(join(directory, 'making'))).toBe(false);
  writeFileSync(join(directory, 'postgres/PG_VERSION'), '17\n');
  await expect(open(directory)).rejects.toThrow(`${directory} is of PostgreSQL 17; this version has 18.`);
});

test('when PostgreSQL inside it dies, whoever waits or comes later hears it, and the process is told once', async () => {
  const told: DatabaseGone[] = [];
  const directory = newDirectory();
  const database = await openPglite({
    directory,
    preparedDump: await preparedDump(),
    onGone: (error) => told.push(error),
  });
  // Without a place for its log it panics.
  rmSync(join(directory, 'postgres/pg_wal'), { recursive: true });
  const dying = database.asSystem((trx) =>
    sql`SELECT pg_switch_wal(); CREATE TABLE long AS SELECT generate_series(1, 300000)`.execute(trx),
  );
  const waiting = database.asSystem((trx) => sql`SELECT 1`.execute(trx));
  const answers = await Promise.allSettled([dying, waiting]);
  const reasons = answers.map((answer) => (answer.status === 'rejected' ? answer.reason : null));
  expect(reasons).toEqual([expect.any(DatabaseGone), expect.any(DatabaseGone)]);
  await expect(database.asSystem(async () => 1)).rejects.toBeInstanceOf(DatabaseGone);
  await expect(database.ping()).rejects.toBeInstanceOf(DatabaseGone);
  expect(told).toHaveLength(1);
  await database.close();
});

test('a long query leaves the thread of the server free', async () => {
  const database = await open(newDirectory());
  let turns = 0;
  const query = database.asSystem((trx) =>
    sql`SELECT count(*) FROM generate_series(1, 2000000)`.execute(trx),
  );
  let running = true;
  void query.finally(() => {
    running = false;
  });
  while (running) {
    turns += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await query;
  expect(turns).toBeGreaterThan(5);
  await database.close();
});
