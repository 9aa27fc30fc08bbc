/** What every home of the database must do. */
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { transactionsSuite } from './transactions-suite.ts';
import { valuesSuite } from './values-suite.ts';
import { wallsSuite } from './walls-suite.ts';

/** `open` gives a new, migrated database; the suite is inside a `describe` that names the home. */
export function databaseSuite(open: () => Promise<Database>): void {
  let opened: Database;
  const database = () => opened;
  beforeAll(async () => {
    opened = await open();
  });

  valuesSuite(database);
  transactionsSuite(database);
  wallsSuite(database);

  test('it answers, and no longer when it is closed; closing twice is closing once', async () => {
    await database().ping();
    await database().close();
    await database().close();
    await expect(database().ping()).rejects.toThrow();
    await expect(database().asSystem(async () => 1)).rejects.toThrow();
  });
}
