/** Filling a lap into the telemetry table against a bare COPY of the same bytes into a table without anything, on every database that is here. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../server/src/database/database.ts';
import { setUpTelemetry } from '../../server/src/database/telemetry/set-up-telemetry.ts';
import type { TelemetryTable } from '../../server/src/database/telemetry/telemetry-table.ts';
import { copyRowsOf, wideColumns } from '../../server/src/database/testing/copy-rows.ts';
import { testDatabases } from '../../server/src/database/testing/test-homes.ts';
import { insertEverything, lapRow, newDriver } from '../../server/src/database/testing/test-rows.ts';
import { type Bench, type Measurement, median } from './bench.ts';

const channels = 50;
const rows = 5400;
const columns = wideColumns(channels);
const names = columns.map(({ name }) => name);
const config = {
  table: 'on' as const,
  columns,
  retentionDays: null,
  compressAfterDays: 7,
  directCompress: false,
};

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  times.push(performance.now() - start);
}

/** Laps one after the other; which of the two goes first changes with each. */
async function fill(database: Database, table: TelemetryTable, laps: number) {
  const driver = newDriver();
  await database.asSystem(async (trx) => {
    await insertEverything(trx, driver, 'driver');
    await sql`CREATE TABLE bare AS SELECT * FROM telemetry_frame WHERE false`.execute(trx);
  });
  const times = { bare: [] as number[], fill: [] as number[] };
  for (let lap = 0; lap < laps; lap += 1) {
    const lapId = randomUUID();
    await database.asSystem((trx) =>
      trx
        .insertInto('laps')
        .values(lapRow({ ...driver, lapId }))
        .execute(),
    );
    const startedAt = new Date(Date.UTC(2026, 2, 3) + lap * 95_000);
    const span = { lapId, startedAt, endedAt: new Date(startedAt.getTime() + 90_000) };
    const bytes = copyRowsOf({ id: lapId, ownerId: driver.id, startedAt, rows, channels });
    const bare = () => timed(times.bare, () => database.copyIn('bare', names, bytes));
    const filled = () => timed(times.fill, () => table.fill(span, bytes));
    for (const one of lap % 2 === 0 ? [bare, filled] : [filled, bare]) await one();
  }
  return times;
}

async function measure(database: Database, home: string, laps: number): Promise<Measurement> {
  const table = await setUpTelemetry(database, config);
  if (table === null) throw new Error('there is no table');
  const times = await fill(database, table, laps);
  const [ours, bare] = [median(times.fill), median(times.bare)];
  const measured = { what: `${home}, ${table.shape}`, ours, unit: 'ms' };
  const peer = { name: 'bare COPY', value: bare };
  if (table.shape !== 'hypertable') return { ...measured, peer };
  return { ...measured, peer, wanted: '>= 0.8 times', met: bare / ours >= 0.8 };
}

export const telemetryBench: Bench = {
  name: 'telemetry',
  title: `Filling a lap of ${rows} samples and ${channels} channels into the telemetry table`,
  async run({ quick }) {
    const measurements: Measurement[] = [];
    const skipped: string[] = [];
    for (const home of testDatabases()) {
      if (home.missing !== null) {
        skipped.push(`${home.name}: ${home.missing}`);
        continue;
      }
      try {
        measurements.push(await measure(await home.open(), home.name, quick ? 11 : 61));
      } finally {
        await home.remove();
      }
    }
    return skipped.length > 0 ? { measurements, skipped: skipped.join('; ') } : { measurements };
  },
};
