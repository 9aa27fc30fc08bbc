/** A column more, less, or of another kind than Kysely's types say is an error of the compiler or of this test. */
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { memoryDatabase } from './testing/memory-database.ts';
import { tableColumns } from './testing/table-columns.ts';

const database = await memoryDatabase();
afterAll(() => database.close());

test('the types are those of the tables', async () => {
  const { rows } = await database.asSystem((trx) =>
    sql<{ table: string; name: string; kind: string }>`
      SELECT relname AS table, attname AS name,
        format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN '' ELSE '?' END AS kind
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
        AND relname <> 'migrations'`.execute(trx),
  );
  const found: Record<string, Record<string, string>> = {};
  for (const { table, name, kind } of rows) {
    found[table] ??= {};
    found[table][name] = kind;
  }
  expect(found).toEqual(tableColumns);
});
