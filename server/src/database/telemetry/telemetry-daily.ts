/**
 * `telemetry_daily`: a row for each track, car and day. With TimescaleDB's own licence it is a continuous aggregate, else a view that counts when it is
 * asked. The columns are the same.
 */
import { sql } from 'kysely';
import type { Work } from '../database.ts';
import type { TelemetryColumn } from './telemetry-table.ts';

/** Of these, where the core gives them, the mean and the largest value. */
const measured = ['speed_mps', 'throttle', 'brake'];

function selection(columns: TelemetryColumn[], day: string): string {
  const present = measured.filter((name) => columns.some((column) => column.name === name));
  const values = present.map((name) => `, avg(f.${name}) AS ${name}_mean, max(f.${name}) AS ${name}_max`);
  return `SELECT ${day} AS day, laps.track_key, laps.car_key,
    count(DISTINCT f.lap_id) AS laps, count(*) AS frames${values.join('')}
    FROM telemetry_frame f JOIN laps ON laps.id = f.lap_id GROUP BY 1, 2, 3`;
}

export async function makeDaily(trx: Work, columns: TelemetryColumn[], licensed: boolean): Promise<void> {
  const { rows } = await sql`SELECT FROM pg_class WHERE oid = to_regclass('telemetry_daily')`.execute(trx);
  if (rows.length > 0) return;
  if (!licensed) {
    const select = selection(columns, "date_trunc('day', f.time, 'UTC')");
    await sql.raw(`CREATE VIEW telemetry_daily AS ${select}`).execute(trx);
    return;
  }
  const select = selection(columns, "time_bucket('1 day', f.time)");
  await sql
    .raw(
      `CREATE MATERIALIZED VIEW telemetry_daily WITH (timescaledb.continuous, timescaledb.materialized_only = false)
       AS ${select} WITH NO DATA`,
    )
    .execute(trx);
}
