/** What TimescaleDB does to filled rows later: its procedures run outside of transactions, so this test has a connection of its own. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import { openPostgres } from '../postgres/open-postgres.ts';
import { copyRowsOf, testColumns } from '../testing/copy-rows.ts';
import { postgresMissing, startPostgres, type TestPostgres } from '../testing/start-postgres.ts';
import { insertEverything, newDriver } from '../testing/test-rows.ts';
import { setUpTelemetry } from './set-up-telemetry.ts';

const missing = postgresMissing('timescale');
if (missing !== null) console.log(`skipped: compressed telemetry: ${missing}`);

describe.skipIf(missing !== null)('compressed telemetry', () => {
  let server: TestPostgres;
  let client: pg.Client;
  let database: Database;
  const anna = newDriver();
  const startedAt = new Date('2026-03-03T12:00:00Z');
  const lap = { id: anna.lapId, ownerId: anna.id, startedAt, rows: 5400, channels: 3 };
  const span = { lapId: lap.id, startedAt, endedAt: new Date('2026-03-03T12:01:30Z') };
  const config = {
    table: 'on' as const,
    columns: testColumns,
    retentionDays: null,
    compressAfterDays: 7,
  };
  const rows = async (statement: string) => (await client.query(statement)).rows;

  beforeAll(async () => {
    server = await startPostgres('timescale');
    const url = await server.newDatabase();
    client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    database = await openPostgres({ url, poolSize: 3 });
    await migrate(database);
    await database.asSystem((trx) => insertEverything(trx, anna, 'anna'));
  });
  afterAll(async () => {
    await client?.end();
    await database?.close();
    await server?.remove();
  });

  test.each([false, true])(
    'a lap in a compressed chunk is read, filled again and forgotten (direct: %s)',
    async (directCompress) => {
      const table = await setUpTelemetry(database, { ...config, directCompress });
      const count = async () => (await rows('SELECT count(*)::int AS count FROM telemetry_frame'))[0].count;
      expect(await table?.fill(span, copyRowsOf(lap))).toBe(5400);
      await client.query(
        "SELECT compress_chunk(c, if_not_compressed => true) FROM show_chunks('telemetry_frame') c",
      );
      expect(await count()).toBe(5400);
      expect(await table?.fill(span, copyRowsOf(lap))).toBe(5400);
      expect(await count()).toBe(5400);
      await client.query("CALL refresh_continuous_aggregate('telemetry_daily', NULL, NULL)");
      const daily = await rows('SELECT track_key, car_key, laps::int, frames::int FROM telemetry_daily');
      expect(daily).toEqual([{ track_key: 'ring', car_key: 'gt3', laps: 1, frames: 5400 }]);
      await database.asSystem((trx) => trx.deleteFrom('users').where('id', '=', anna.id).execute());
      expect(await count()).toBe(0);
      await database.asSystem((trx) => insertEverything(trx, anna, 'anna'));
    },
  );
});
