import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../database.ts';
import { copyRowsOf, testColumns } from '../testing/copy-rows.ts';
import { onEveryHome } from '../testing/test-homes.ts';
import { insertEverything, newDriver } from '../testing/test-rows.ts';
import { setUpTelemetry, type TelemetryConfig } from './set-up-telemetry.ts';
import type { TelemetryTable } from './telemetry-table.ts';

const config: TelemetryConfig = {
  table: 'on',
  columns: testColumns,
  // TimescaleDB drops by the real date, and these laps are old.
  retentionDays: 40_000,
  compressAfterDays: 7,
  directCompress: false,
};

onEveryHome('the telemetry table', (home) => {
  let database: Database;
  let table: TelemetryTable;
  const anna = newDriver();
  const bert = newDriver();
  const startedAt = new Date('2026-03-01T23:59:30Z');

  const setUp = async (changes: Partial<TelemetryConfig> = {}) => {
    const made = await setUpTelemetry(database, { ...config, ...changes });
    if (made === null) throw new Error('no table');
    return made;
  };
  const fill = (driver: typeof anna, rows: number, at = startedAt) => {
    const lap = { id: driver.lapId, ownerId: driver.id, startedAt: at, rows, channels: 3 };
    const endedAt = new Date(at.getTime() + (rows * 1000) / 60);
    return table.fill({ lapId: lap.id, startedAt: at, endedAt }, copyRowsOf(lap));
  };
  const rowsOf = async (statement: string) =>
    await database.asSystem(async (trx) => (await sql.raw(statement).execute(trx)).rows);
  const count = async (condition = 'true') => {
    const rows = await rowsOf(`SELECT count(*) AS count FROM telemetry_frame WHERE ${condition}`);
    return (rows[0] as { count: number }).count;
  };

  beforeAll(async () => {
    database = await home.open();
    await database.asSystem(async (trx) => {
      await insertEverything(trx, anna, 'anna');
      await insertEverything(trx, bert, 'bert');
    });
    const all = await Promise.all([setUp(), setUp(), setUp()]);
    table = all[0] as TelemetryTable;
  });

  test('has the shape of its home, and is not there when it is not asked for', async () => {
    const shapes = { PGlite: 'plain', PostgreSQL: 'partitioned' } as Record<string, string>;
    expect(table.shape).toBe(shapes[home.name] ?? 'hypertable');
    expect(table.dropsByItself).toBe(home.name === 'TimescaleDB');
    expect(await setUpTelemetry(database, { ...config, table: 'off' })).toBeNull();
    const where = await setUpTelemetry(database, { ...config, table: 'where-timescale' });
    expect(where?.shape ?? null).toBe(home.name.startsWith('Timescale') ? 'hypertable' : null);
  });

  test("a lap's rows are replaced, never doubled, across weeks; damaged rows change nothing", async () => {
    expect(await fill(anna, 3600)).toBe(3600);
    expect(await fill(anna, 5400)).toBe(5400);
    expect(await fill(bert, 60)).toBe(60);
    await expect(
      table.fill({ lapId: anna.lapId, startedAt, endedAt: startedAt }, new Uint8Array(40)),
    ).rejects.toThrow();
    expect(await count(`lap_id = '${anna.lapId}'`)).toBe(5400);
    // Two replicas that do the same job at once.
    await Promise.all([fill(bert, 60), fill(bert, 60)]);
    expect(await count()).toBe(5460);
    expect(await fill(newDriver(), 60)).toBe(0);
    expect(await count()).toBe(5460);
  });

  test('a viewer sees his own rows through the view and nothing of the table', async () => {
    const seen = (userId: string, from: string) =>
      database.asViewer({ userId, role: 'user' }, async (trx) => {
        const { rows } = await sql<{
          lap: string;
        }>`SELECT DISTINCT lap_id AS lap FROM ${sql.table(from)}`.execute(trx);
        return rows.map(({ lap }) => lap);
      });
    expect(await seen(anna.id, 'telemetry_seen')).toEqual([anna.lapId]);
    expect(await seen(newDriver().id, 'telemetry_seen')).toEqual([]);
    await expect(seen(anna.id, 'telemetry_frame')).rejects.toMatchObject({ code: '42501' });
    await expect(
      database.asViewer({ userId: anna.id, role: 'user' }, (trx) =>
        sql`DELETE FROM telemetry_seen`.execute(trx),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('a track, a car and a day have one row, whichever way it is counted', async () => {
    const rows = await rowsOf('SELECT * FROM telemetry_daily ORDER BY day');
    expect(rows).toMatchObject([
      { day: new Date('2026-03-01T00:00:00Z'), track_key: 'ring', car_key: 'gt3', laps: 2 },
      { day: new Date('2026-03-02T00:00:00Z'), laps: 1, frames: 5400 - 1800 },
    ]);
    expect(rows[1]).toHaveProperty('speed_mps_max', expect.any(Number));
  });

  const policies = async () => {
    const jobs = await rowsOf(`SELECT proc_name, config FROM timescaledb_information.jobs
      WHERE hypertable_name IS NOT NULL ORDER BY proc_name`);
    expect(jobs).toMatchObject([
      { proc_name: 'policy_compression', config: { compress_after: '7 days' } },
      { proc_name: 'policy_refresh_continuous_aggregate', config: { start_offset: '39999 days' } },
      { proc_name: 'policy_retention', config: { drop_after: '40000 days' } },
    ]);
  };
  if (home.name === 'TimescaleDB') test('compresses, drops and counts by itself', policies);

  test('a newer core has a column more, and what is there stays', async () => {
    const columns = [...testColumns, { name: 'fuel_l', type: 'real' }];
    table = await setUp({ columns, retentionDays: null });
    expect(await count(`lap_id = '${anna.lapId}' AND fuel_l IS NULL`)).toBe(5400);
    const rows = await rowsOf('SELECT fuel_l FROM telemetry_seen LIMIT 1');
    expect(rows).toEqual([]);
    table = await setUp();
  });

  test('rows that are too old are dropped, newer ones are not', async () => {
    const old = new Date('2024-01-03T00:00:00Z');
    await fill(bert, 60, old);
    expect(await count(`time < '2025-01-01'`)).toBe(60);
    await table.dropBefore(new Date('2025-01-01T00:00:00Z'));
    expect(await count(`time < '2025-01-01'`)).toBe(0);
    expect(await count(`lap_id = '${anna.lapId}'`)).toBe(5400);
  });

  test('what another replica has dropped is made again, at the latest by the next attempt', async () => {
    const old = new Date('2024-01-03T00:00:00Z');
    await fill(bert, 60, old);
    await (await setUp()).dropBefore(new Date('2025-01-01T00:00:00Z'));
    await fill(bert, 60, old).catch(() => fill(bert, 60, old));
    expect(await count(`time < '2025-01-01'`)).toBe(60);
    await table.clear();
    expect(await count()).toBe(0);
    expect(await fill(anna, 5400)).toBe(5400);
  });

  test('a deleted lap leaves no rows', async () => {
    await database.asViewer({ userId: anna.id, role: 'user' }, (trx) =>
      trx.deleteFrom('laps').where('id', '=', anna.lapId).execute(),
    );
    expect(await count(`lap_id = '${anna.lapId}'`)).toBe(0);
  });
});
