/** The three shapes of `telemetry_frame`. */
import { sql } from 'kysely';
import type { Database, Work } from '../database.ts';
import { FrameTable, type LapSpan, type TelemetryColumn, weekMs } from './telemetry-table.ts';

/** On PGlite: one driver's laps, on one disk. */
export class PlainTable extends FrameTable {
  readonly shape = 'plain';
  readonly dropsByItself = false;

  protected override async dropFrames(trx: Work, before: Date): Promise<void> {
    await sql`DELETE FROM telemetry_frame WHERE time < ${before}`.execute(trx);
  }
}

/** Any number that no other lock of this database has: whoever makes or drops a week holds it. */
const weeksLock = 7_391_204_656;

/** Weeks begin on Mondays. 1970-01-01 was a Thursday. */
const firstMondayMs = 4 * 24 * 3600 * 1000;
const weekOf = (time: Date) => Math.floor((time.getTime() - firstMondayMs) / weekMs);
const startOf = (week: number) => new Date(firstMondayMs + week * weekMs);
const nameOf = (week: number) =>
  `telemetry_frame_${startOf(week).toISOString().slice(0, 10).replaceAll('-', '')}`;

/** On PostgreSQL: a partition for each week, made when the first lap of the week comes. */
export class PartitionedTable extends FrameTable {
  readonly shape = 'partitioned';
  readonly dropsByItself = false;
  readonly #made = new Set<number>();

  protected override async dropFrames(trx: Work, before: Date): Promise<void> {
    await holdWeeks(trx);
    this.#made.clear();
    const { rows } = await sql<{ name: string }>`SELECT inhrelid::regclass::text AS name FROM pg_inherits
      WHERE inhparent = 'telemetry_frame'::regclass ORDER BY 1`.execute(trx);
    const first = nameOf(weekOf(before));
    for (const { name } of rows.filter((week) => week.name < first))
      await sql`DROP TABLE ${sql.table(name)}`.execute(trx);
  }

  protected override async makeRoom(from: Date, to: Date): Promise<void> {
    const weeks = Array.from({ length: weekOf(to) - weekOf(from) + 1 }, (_, index) => weekOf(from) + index);
    const unknown = weeks.filter((week) => !this.#made.has(week));
    if (unknown.length === 0) return;
    await this.database.asSystem((trx) => makeWeeks(trx, unknown));
    for (const week of unknown) this.#made.add(week);
  }

  /** Another replica may have dropped a week that this one made: then the job fails once, and makes it again. */
  override async fill(span: LapSpan, copyRows: Uint8Array): Promise<number> {
    try {
      return await super.fill(span, copyRows);
    } catch (error) {
      this.#made.clear();
      throw error;
    }
  }
}

async function makeWeeks(trx: Work, weeks: number[]): Promise<void> {
  await holdWeeks(trx);
  for (const week of weeks) {
    const [from, to] = [startOf(week), startOf(week + 1)].map((time) => time.toISOString());
    await sql`CREATE TABLE IF NOT EXISTS ${sql.table(nameOf(week))} PARTITION OF telemetry_frame
      FOR VALUES FROM (${sql.lit(from)}) TO (${sql.lit(to)})`.execute(trx);
  }
}

/** Replicas make and drop weeks one after the other. */
async function holdWeeks(trx: Work): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(weeksLock)})`.execute(trx);
}

/** On TimescaleDB: chunks of a week, compressed and dropped by its own policies where the licence has them. */
export class Hypertable extends FrameTable {
  readonly shape = 'hypertable';
  readonly dropsByItself: boolean;
  readonly #directCompress: boolean;

  constructor(
    database: Database,
    columns: TelemetryColumn[],
    retentionDays: number | null,
    has: { policies: boolean; directCompress: boolean },
  ) {
    super(database, columns, retentionDays);
    this.dropsByItself = has.policies;
    this.#directCompress = has.directCompress;
  }

  protected override async dropFrames(trx: Work, before: Date): Promise<void> {
    await sql`SELECT drop_chunks('telemetry_frame', ${before}::timestamptz)`.execute(trx);
  }

  protected override async beforeCopy(trx: Work): Promise<void> {
    if (!this.#directCompress) return;
    await sql`SELECT set_config('timescaledb.enable_direct_compress_copy', 'on', true),
      set_config('timescaledb.enable_direct_compress_copy_client_sorted', 'on', true)`.execute(trx);
  }
}
