import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { overPglite } from '../pglite/open-pglite.ts';
import { LocalSession } from '../pglite/pglite-session.ts';
import { openPostgres } from '../postgres/open-postgres.ts';
import { postgresMissing, startPostgres } from '../testing/start-postgres.ts';
import { migrate } from './migrate.ts';

const first = { name: '0001-first', sql: 'CREATE TABLE a (id integer); CREATE TABLE b (id integer);' };
const second = { name: '0002-second', sql: 'ALTER TABLE a ADD COLUMN note text;' };

const tables = (database: Database) =>
  database.asSystem(async (trx) => {
    const { rows } = await sql<{ name: string }>`SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`.execute(trx);
    return rows.map(({ name }) => name);
  });

describe('migrations', async () => {
  const database = await overPglite(await LocalSession.open({}));
  afterAll(() => database.close());

  test('are applied once, in order, all or none', async () => {
    const broken = { name: '0002-broken', sql: 'CREATE TABLE c (id integer); SELECT nothing;' };
    await expect(migrate(database, [first, broken])).rejects.toThrow(/does not exist/);
    expect(await tables(database)).toEqual([]);
    expect(await migrate(database, [first])).toEqual(['0001-first']);
    expect(await migrate(database, [first, second])).toEqual(['0002-second']);
    expect(await migrate(database, [first, second])).toEqual([]);
    expect(await tables(database)).toEqual(['a', 'b', 'migrations']);
  });

  test('a newer database, or one that was migrated otherwise, is refused in one sentence', async () => {
    await expect(migrate(database, [first])).rejects.toThrow(
      'The database is of a newer version (0002-second); this one knows 0001-first. Update the server.',
    );
    const changed = { ...first, sql: `${first.sql} -- changed` };
    await expect(migrate(database, [changed, second])).rejects.toThrow(
      'The migration 0001-first of the database is not the one that this version has.',
    );
  });
});

const missing = postgresMissing();
if (missing !== null) console.log(`skipped: migrations of replicas: ${missing}`);
describe.skipIf(missing !== null)('migrations of replicas', () => {
  test('five that start together migrate once', async () => {
    const server = await startPostgres();
    try {
      const url = await server.newDatabase();
      const replicas = await Promise.all(Array.from({ length: 5 }, () => openPostgres({ url, poolSize: 2 })));
      const applied = await Promise.all(replicas.map((replica) => migrate(replica)));
      expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
      for (const replica of replicas) await replica.close();
    } finally {
      await server.remove();
    }
  });

  test('an owner who is no superuser may migrate and work as a viewer', async () => {
    const server = await startPostgres();
    try {
      const url = await server.newDatabase();
      const admin = await openPostgres({ url, poolSize: 1 });
      await admin.asSystem(async (trx) => {
        await sql`CREATE ROLE coach LOGIN CREATEROLE`.execute(trx);
        await sql`GRANT ALL ON SCHEMA public TO coach`.execute(trx);
        await sql`GRANT CREATE ON DATABASE test_1 TO coach`.execute(trx);
      });
      await admin.close();
      const owner = await openPostgres({ url: url.replace('//postgres@', '//coach@'), poolSize: 1 });
      await migrate(owner);
      const userId = '01900000-0000-7000-8000-00000000000a';
      const seen = await owner.asViewer({ userId, role: 'user' }, (trx) =>
        trx.selectFrom('laps').select('id').execute(),
      );
      expect(seen).toEqual([]);
      await owner.close();
    } finally {
      await server.remove();
    }
  });
});
