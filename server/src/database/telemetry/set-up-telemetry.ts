/**
 * Makes `telemetry_frame` or brings it up to date; every replica does it when it starts. The columns are the native core's, so this is no migration.
 *
 * Viewers have no right on the table: what they may see is in the view `telemetry_seen`. (Row-level security and TimescaleDB's compression
 * exclude each other, so the wall stands in a view, on every home alike.) `telemetry_daily` has a row for each track, car and day.
 */
import { sql } from 'kysely';
import type { Database, Work } from '../database.ts';
import { Hypertable, PartitionedTable, PlainTable } from './frame-tables.ts';
import { makeDaily } from './telemetry-daily.ts';
import { makePolicies } from './telemetry-policies.ts';
import type { TelemetryColumn, TelemetryShape, TelemetryTable } from './telemetry-table.ts';
import { makeViews } from './telemetry-views.ts';

export interface TelemetryConfig {
  /** Where it is not asked for, only TimescaleDB has the table. */
  table: 'on' | 'off' | 'where-timescale';
  /** All that `copyRows` gives, in its order; `lap_id`, `owner_id` and `time` are among them. */
  columns: TelemetryColumn[];
  retentionDays: number | null;
  /** Chunks older than this are compressed. */
  compressAfterDays: number;
  /** TimescaleDB compresses while it copies in. A preview in 2.24. */
  directCompress: boolean;
}

const setUpLock = 7_391_204_657;
const keys = ['lap_id', 'owner_id', 'time'];

/** Null when this home is to have no such table. One that is there stays, but nothing is filled in any more. */
export async function setUpTelemetry(
  database: Database,
  config: TelemetryConfig,
): Promise<TelemetryTable | null> {
  const wanted = config.table === 'on' || (config.table === 'where-timescale' && database.timescale);
  if (!wanted) return null;
  const lacking = keys.filter((key) => !config.columns.some(({ name }) => name === key));
  if (lacking.length > 0) throw new Error(`the telemetry columns lack ${lacking.join(', ')}`);
  const { shape, directCompress } = await database.asSystem(async (trx) => {
    await sql`SET LOCAL statement_timeout = 0`.execute(trx);
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(setUpLock)})`.execute(trx);
    return await makeTable(trx, database, config);
  });
  const { columns, retentionDays } = config;
  if (shape === 'plain') return new PlainTable(database, columns, retentionDays);
  if (shape === 'partitioned') return new PartitionedTable(database, columns, retentionDays);
  const policies = database.timescale?.licence === 'timescale';
  return new Hypertable(database, columns, retentionDays, { policies, directCompress });
}

async function makeTable(trx: Work, database: Database, config: TelemetryConfig) {
  let shape = await shapeOf(trx, database);
  if (shape === null) {
    shape = database.timescale ? 'hypertable' : database.home === 'postgres' ? 'partitioned' : 'plain';
    await create(trx, shape, config.columns);
  }
  await addColumns(trx, config.columns);
  await makeViews(trx);
  const licensed = shape === 'hypertable' && database.timescale?.licence === 'timescale';
  await makeDaily(trx, config.columns, licensed);
  if (licensed) await makePolicies(trx, config);
  return { shape, directCompress: licensed && config.directCompress && (await canCompressDirectly(trx)) };
}

async function shapeOf(trx: Work, database: Database): Promise<TelemetryShape | null> {
  const { rows } = await sql<{ relkind: string }>`
    SELECT relkind FROM pg_class WHERE oid = to_regclass('telemetry_frame')`.execute(trx);
  if (rows[0] === undefined) return null;
  if (rows[0].relkind === 'p') return 'partitioned';
  if (!database.timescale) return 'plain';
  const hypertables = await sql`SELECT FROM timescaledb_information.hypertables
    WHERE hypertable_name = 'telemetry_frame'`.execute(trx);
  return hypertables.rows.length > 0 ? 'hypertable' : 'plain';
}

const defined = ({ name, type }: TelemetryColumn) =>
  sql`${sql.ref(name)} ${sql.raw(type)}${sql.raw(keys.includes(name) ? ' NOT NULL' : '')}`;

/**
 * A lap's rows are copied in one after the other, so a few ranges of blocks hold them, whatever the ids. A tree of five thousand entries for each lap
 * would cost a third of the time that filling takes. It needs autovacuum, which PGlite does not have.
 */
const ranges = sql`USING brin (lap_id uuid_minmax_multi_ops) WITH (autosummarize = on)`;
const indexed = { hypertable: ranges, partitioned: ranges, plain: sql`(lap_id)` };

async function create(trx: Work, shape: TelemetryShape, columns: TelemetryColumn[]): Promise<void> {
  const partitions = sql.raw(shape === 'partitioned' ? ' PARTITION BY RANGE (time)' : '');
  await sql`CREATE TABLE telemetry_frame (${sql.join(columns.map(defined))})${partitions}`.execute(trx);
  if (shape === 'hypertable')
    await sql`SELECT create_hypertable('telemetry_frame', 'time', chunk_time_interval => INTERVAL '7 days',
      create_default_indexes => false)`.execute(trx);
  await sql`CREATE INDEX telemetry_frame_by_lap ON telemetry_frame ${indexed[shape]}`.execute(trx);
}

/** Columns that a newer core has. What it no longer has stays, empty from then on. */
async function addColumns(trx: Work, columns: TelemetryColumn[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`SELECT attname AS name FROM pg_attribute
    WHERE attrelid = 'telemetry_frame'::regclass AND attnum > 0 AND NOT attisdropped`.execute(trx);
  const there = new Set(rows.map(({ name }) => name));
  for (const column of columns.filter(({ name }) => !there.has(name)))
    await sql`ALTER TABLE telemetry_frame ADD COLUMN ${sql.ref(column.name)} ${sql.raw(column.type)}`.execute(
      trx,
    );
}

async function canCompressDirectly(trx: Work): Promise<boolean> {
  const { rows } = await sql`SELECT FROM pg_settings
    WHERE name = 'timescaledb.enable_direct_compress_copy_client_sorted'`.execute(trx);
  return rows.length > 0;
}
