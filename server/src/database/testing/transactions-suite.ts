/** What a transaction promises, on every home. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database, Work } from '../database.ts';
import { startedAt } from './test-rows.ts';

const add = (trx: Work, subject: string) =>
  trx.insertInto('failures').values({ subject, count: 0, first_at: startedAt, locked_until: null }).execute();

const countOf = (database: Database, subject: string) =>
  database.asSystem(async (trx) => {
    const row = await trx
      .selectFrom('failures')
      .select('count')
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row?.count ?? null;
  });

export function transactionsSuite(database: () => Database): void {
  test('work that fails leaves nothing', async () => {
    const subject = randomUUID();
    const failing = database().asSystem(async (trx) => {
      await add(trx, subject);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await countOf(database(), subject)).toBeNull();
  });

  test('work that overlooks a refused query does not pass for done', async () => {
    const subject = randomUUID();
    const failing = database().asSystem(async (trx) => {
      await add(trx, subject);
      await sql`SELECT 1 / 0`.execute(trx).catch(() => undefined);
    });
    await expect(failing).rejects.toThrow();
    expect(await countOf(database(), subject)).toBeNull();
  });

  test('transactions at the same time lose no change', async () => {
    const subject = randomUUID();
    await database().asSystem((trx) => add(trx, subject));
    const increase = () =>
      database().asSystem(async (trx) => {
        const row = await trx
          .selectFrom('failures')
          .select('count')
          .where('subject', '=', subject)
          .forUpdate()
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('failures')
          .set({ count: row.count + 1 })
          .where('subject', '=', subject)
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, increase));
    expect(await countOf(database(), subject)).toBe(20);
  });

  test('a transaction inside of another is refused at once, and what was begun in it may go on later', async () => {
    const nested = database().asSystem(() => database().asSystem(async () => 1));
    await expect(nested).rejects.toThrow('a transaction was begun inside of another');
    let later: Promise<number> = Promise.resolve(0);
    await database().asSystem(async () => {
      later = new Promise((resolve) => setImmediate(resolve))
        .then(() => new Promise((resolve) => setTimeout(resolve, 100)))
        .then(() => database().asSystem(async () => 7));
    });
    expect(await later).toBe(7);
  });

  test('COPY brings rows out and in, and what comes before it is part of the same transaction', async () => {
    const subjects = [randomUUID(), randomUUID()];
    const where = `subject IN ('${subjects.join("', '")}')`;
    await database().asSystem(async (trx) => {
      for (const subject of subjects) await add(trx, subject);
    });
    const columns = ['subject', 'count', 'first_at', 'locked_until'];
    const bytes = await database().copyOut(`SELECT ${columns.join(', ')} FROM failures WHERE ${where}`);
    const clear = (trx: Work) =>
      trx
        .deleteFrom('failures')
        .where('subject', 'in', subjects)
        .execute()
        .then(() => undefined);
    expect(await database().copyIn('failures', columns, bytes, clear)).toBe(2);
    expect(await countOf(database(), subjects[1] ?? '')).toBe(0);
    await expect(database().copyIn('failures', columns, bytes.subarray(0, 60), clear)).rejects.toThrow();
    expect(await countOf(database(), subjects[0] ?? '')).toBe(0);
    // The connection goes on: the caller still has his bytes as well.
    expect(await database().copyIn('failures', columns, bytes, clear)).toBe(2);
  });

  test('COPY out of a query that fails is refused, and the connection goes on', async () => {
    await expect(database().copyOut('SELECT 1 / 0')).rejects.toThrow('division by zero');
    await expect(database().copyOut('SELECT nothing')).rejects.toThrow(/does not exist/);
    await database().ping();
  });
}
