/** What TimescaleDB does by itself: compressing, dropping, and keeping `telemetry_daily` up to date. */
import { sql } from 'kysely';
import type { Work } from '../database.ts';
import type { TelemetryConfig } from './set-up-telemetry.ts';

const days = (count: number) => sql`make_interval(days => ${sql.lit(count)})`;

/** Policies are replaced: the configuration may be another than at the last start. */
export async function makePolicies(trx: Work, config: TelemetryConfig): Promise<void> {
  await compress(trx, config.compressAfterDays);
  await sql`SELECT remove_retention_policy('telemetry_frame', if_exists => true)`.execute(trx);
  if (config.retentionDays !== null)
    await sql`SELECT add_retention_policy('telemetry_frame', ${days(config.retentionDays)})`.execute(trx);
  // A day whose rows were dropped must not be counted again: it would come out empty.
  const oldest = config.retentionDays === null ? sql`NULL` : days(Math.max(2, config.retentionDays - 1));
  await sql`SELECT remove_continuous_aggregate_policy('telemetry_daily', if_exists => true)`.execute(trx);
  await sql`SELECT add_continuous_aggregate_policy('telemetry_daily', start_offset => ${oldest},
    end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 hour')`.execute(trx);
}

async function compress(trx: Work, afterDays: number): Promise<void> {
  const { rows } = await sql`SELECT FROM timescaledb_information.hypertables
    WHERE hypertable_name = 'telemetry_frame' AND compression_enabled`.execute(trx);
  // These names are older than `columnstore` and understood by every version.
  if (rows.length === 0)
    await sql`ALTER TABLE telemetry_frame SET (timescaledb.compress,
      timescaledb.compress_segmentby = 'lap_id', timescaledb.compress_orderby = 'time')`.execute(trx);
  await sql`SELECT remove_compression_policy('telemetry_frame', if_exists => true)`.execute(trx);
  await sql`SELECT add_compression_policy('telemetry_frame', ${days(afterDays)})`.execute(trx);
}
