import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { DatabaseGone } from '../database-gone.ts';
import { postgresMissing, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { openPostgres } from './open-postgres.ts';

const missing = postgresMissing();
if (missing !== null) console.log(`skipped: PostgreSQL: ${missing}`);

describe.skipIf(missing !== null)('PostgreSQL', () => {
  let server: TestPostgres;
  let url: string;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.newDatabase();
    database = await openPostgres({ url, poolSize: 3, statementTimeoutMs: 300, connectTimeoutMs: 1000 });
  });
  afterAll(async () => {
    await database?.close();
    await server?.remove();
  });

  const one = () => database.asSystem(async (trx) => (await sql`SELECT 1 AS one`.execute(trx)).rows);

  test('a statement that takes too long is ended', async () => {
    await expect(database.asSystem((trx) => sql`SELECT pg_sleep(20)`.execute(trx))).rejects.toMatchObject({
      code: '57014',
    });
    expect(await one()).toEqual([{ one: 1 }]);
  });

  test.each(['fast', 'crash'] as const)('goes on after the server was away (%s)', async (how) => {
    const asleep = () =>
      database.asSystem((trx) => sql`SELECT pg_sleep(0.25), count(*) FROM pg_class`.execute(trx));
    // One idle connection, one in a transaction, one in a COPY.
    await one();
    const held = database.asSystem(async (trx) => {
      await server.stop(how);
      await sql`SELECT 1`.execute(trx);
    });
    const copied = database.copyOut('SELECT pg_sleep(0.25), generate_series(1, 2000000)');
    const answers = await Promise.allSettled([held, copied]);
    expect(answers[0]).toMatchObject({ reason: expect.any(DatabaseGone) });
    expect(answers[1]).toMatchObject({ status: 'rejected' });
    await expect(asleep()).rejects.toBeInstanceOf(DatabaseGone);
    await expect(database.ping()).rejects.toThrow();
    await server.start();
    expect(await one()).toEqual([{ one: 1 }]);
    expect(await Promise.all([one(), one(), one(), one()])).toHaveLength(4);
  });

  test('when every connection is lent for too long, the next one hears that the database does not answer', async () => {
    const gates: (() => void)[] = [];
    const holders = Array.from({ length: 3 }, () =>
      database.asSystem(() => new Promise<void>((resolve) => gates.push(resolve))),
    );
    await expect(one()).rejects.toBeInstanceOf(DatabaseGone);
    for (const open of gates) open();
    await Promise.all(holders);
    expect(await one()).toEqual([{ one: 1 }]);
  });

  test('a server that is not there is said so, and its address only in the cause', async () => {
    const lost = await openPostgres({ url: url.replace('rc-pg-', 'rc-none-'), poolSize: 1 }).catch(
      (error: unknown) => error,
    );
    expect(lost).toBeInstanceOf(DatabaseGone);
    expect((lost as Error).message).toBe('The database does not answer.');
  });
});
