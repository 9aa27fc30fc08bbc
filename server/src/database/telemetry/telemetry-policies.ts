/**
 * What TimescaleDB does by itself: compressing, dropping, and keeping `telemetry_daily` up to date. A policy is replaced only when the configuration is
 * another than at the last start, each in a transaction of its own: to remove one waits for its job, which may wait for us.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Database, Work } from '../database.ts';
import { holdSetUp, untilNoDeadlock } from './set-up-lock.ts';
import type { TelemetryConfig } from './set-up-telemetry.ts';

interface Policy {
  procedure: string;
  /** Of the job's configuration: what a changed policy is known by. */
  key: string;
  /** Null for a policy that is not wanted, or whose value is "without an end". */
  days: number | null;
  remove: RawBuilder<unknown>;
  add: RawBuilder<unknown> | null;
}

const interval = (days: number) => sql`make_interval(days => ${sql.lit(days)})`;

function policiesOf({ compressAfterDays, retentionDays }: TelemetryConfig): Policy[] {
  // A day whose rows were dropped must not be counted again: it would come out empty.
  const countedDays = retentionDays === null ? null : Math.max(2, retentionDays - 1);
  return [
    {
      procedure: 'policy_compression',
      key: 'compress_after',
      days: compressAfterDays,
      remove: sql`SELECT remove_compression_policy('telemetry_frame', if_exists => true)`,
      add: sql`SELECT add_compression_policy('telemetry_frame', ${interval(compressAfterDays)})`,
    },
    {
      procedure: 'policy_retention',
      key: 'drop_after',
      days: retentionDays,
      remove: sql`SELECT remove_retention_policy('telemetry_frame', if_exists => true)`,
      add:
        retentionDays === null
          ? null
          : sql`SELECT add_retention_policy('telemetry_frame', ${interval(retentionDays)})`,
    },
    {
      procedure: 'policy_refresh_continuous_aggregate',
      key: 'start_offset',
      days: countedDays,
      remove: sql`SELECT remove_continuous_aggregate_policy('telemetry_daily', if_exists => true)`,
      add: sql`SELECT add_continuous_aggregate_policy('telemetry_daily',
        start_offset => ${countedDays === null ? sql`NULL` : interval(countedDays)},
        end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 hour')`,
    },
  ];
}

export async function makePolicies(database: Database, config: TelemetryConfig): Promise<void> {
  for (const policy of policiesOf(config))
    await untilNoDeadlock(() => database.asSystem((trx) => makePolicy(trx, policy)));
}

async function makePolicy(trx: Work, { procedure, key, days, remove, add }: Policy): Promise<void> {
  await holdSetUp(trx);
  const { rows } = await sql<{ same: boolean }>`
    SELECT (config->>${key})::interval IS NOT DISTINCT FROM ${days === null ? sql`NULL` : interval(days)} AS same
    FROM timescaledb_information.jobs
    WHERE proc_name = ${procedure} AND hypertable_name IN ('telemetry_frame', 'telemetry_daily',
      (SELECT materialization_hypertable_name FROM timescaledb_information.continuous_aggregates
       WHERE view_name = 'telemetry_daily'))`.execute(trx);
  const [there] = rows;
  if (there === undefined ? add === null : add !== null && there.same) return;
  await remove.execute(trx);
  if (add) await add.execute(trx);
}
