/** Every type of column comes back as it went in, from every home. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { QueryError } from '../database-gone.ts';
import { insertEverything, newDriver, startedAt } from './test-rows.ts';

async function echo<Value>(database: Database, type: string, value: Value): Promise<unknown> {
  return await database.asSystem(async (trx) => {
    const { rows } = await sql<{
      value: unknown;
    }>`SELECT ${value}::${sql.raw(type)} AS value`.execute(trx);
    return rows[0]?.value;
  });
}

const longBytes = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));

export function valuesSuite(database: () => Database): void {
  test.each([
    ['bytea', Buffer.from([0, 1, 255, 92, 39])],
    ['bytea', Buffer.alloc(0)],
    ['bytea', longBytes],
    ['int8', 2 ** 52 + 1],
    ['int8', -1],
    ['timestamptz', new Date('2026-03-29T01:59:59.123Z')],
    ['date', '2026-03-01'],
    ['numeric', '0.10'],
    ['text[]', ['a,b', '"quoted"', '{}', '\\', 'Nürburgring', '']],
    ['text[]', []],
    ['jsonb', { text: 'ü"', list: [1, null, true], deep: { a: 0.5 } }],
    ['double precision', 0.1 + 0.2],
    ['double precision', Number.NaN],
    ['boolean', false],
    ['text', null],
  ])('a %s comes back as it went in (%#)', async (type, value) => {
    const back = await echo(database(), type, value);
    expect(back).toEqual(value);
    expect(Buffer.isBuffer(back)).toBe(Buffer.isBuffer(value));
  });

  test('rows are made, read, changed and deleted', async () => {
    const driver = newDriver();
    await database().asSystem((trx) => insertEverything(trx, driver, driver.id));
    const lap = await database().asSystem((trx) =>
      trx.selectFrom('laps').selectAll().where('id', '=', driver.lapId).executeTakeFirstOrThrow(),
    );
    expect(lap).toMatchObject({ end_sample: 5400, reasons: [], uploaded_at: startedAt, wet: null });
    const changed = await database().asSystem((trx) =>
      trx.updateTable('laps').set({ stint: 2 }).where('id', '=', driver.lapId).executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(1n);
    await database().asSystem((trx) => trx.deleteFrom('users').where('id', '=', driver.id).execute());
    const left = await database().asSystem((trx) =>
      trx.selectFrom('lap_files').selectAll().where('lap_id', '=', driver.lapId).execute(),
    );
    expect(left).toEqual([]);
  });

  test('what the database refuses has its code and none of the values', async () => {
    const subject = `secret-${randomUUID()}`;
    const row = { subject, count: 1, first_at: startedAt, locked_until: null };
    const insert = () => database().asSystem((trx) => trx.insertInto('failures').values(row).execute());
    await insert();
    const refused = await insert().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(QueryError);
    expect(refused).toMatchObject({ code: '23505', constraint: 'failures_pkey', table: 'failures' });
    expect(JSON.stringify({ ...(refused as object), message: (refused as Error).message })).not.toContain(
      subject,
    );
  });
}
