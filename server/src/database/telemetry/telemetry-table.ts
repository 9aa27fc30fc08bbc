/**
 * `telemetry_frame`: every sample of every lap as a row, for SQL and Grafana. The lap files are the truth; this is made from them and can be made again.
 * It has no unique constraint, because TimescaleDB would not compress what is copied in; each lap's rows are replaced as a whole instead.
 */
import { sql } from 'kysely';
import type { Database, Work } from '../database.ts';

export interface TelemetryColumn {
  name: string;
  /** Of PostgreSQL, as `real`. */
  type: string;
}

/** As it was made; it stays that way when TimescaleDB comes later. */
export type TelemetryShape = 'hypertable' | 'partitioned' | 'plain';

/** When the samples of a lap are from. */
export interface LapSpan {
  lapId: string;
  startedAt: Date;
  endedAt: Date;
}

export interface TelemetryTable {
  readonly shape: TelemetryShape;
  /** TimescaleDB drops what is too old by itself; elsewhere somebody has to call `dropBefore`. */
  readonly dropsByItself: boolean;
  /** Days that rows are kept, or null for ever. */
  readonly retentionDays: number | null;
  /** Replaces the lap's rows, in one transaction. Resolves to how many there are now: none when the lap has been deleted. */
  fill(span: LapSpan, copyRows: Uint8Array): Promise<number>;
  /** Drops rows older than the time: whole weeks, where the table is in weeks. */
  dropBefore(time: Date): Promise<void>;
  /** Empties it, to be filled again. */
  clear(): Promise<void>;
}

/** How far a lap's samples may lie outside of its span: clocks and sample rates are not exact. */
const marginMs = 3600 * 1000;

export const weekMs = 7 * 24 * 3600 * 1000;

class LapForgotten extends Error {}

/** What the three shapes share: how a lap's rows are replaced. */
export abstract class FrameTable implements TelemetryTable {
  abstract readonly shape: TelemetryShape;
  abstract readonly dropsByItself: boolean;
  readonly retentionDays: number | null;
  protected readonly database: Database;
  readonly #columns: string[];

  constructor(database: Database, columns: TelemetryColumn[], retentionDays: number | null) {
    this.database = database;
    this.#columns = columns.map(({ name }) => name);
    this.retentionDays = retentionDays;
  }

  protected abstract dropFrames(trx: Work, before: Date): Promise<void>;

  async fill({ lapId, startedAt, endedAt }: LapSpan, copyRows: Uint8Array): Promise<number> {
    const from = new Date(startedAt.getTime() - marginMs);
    const to = new Date(endedAt.getTime() + marginMs);
    await this.makeRoom(from, to);
    try {
      return await this.database.copyIn('telemetry_frame', this.#columns, copyRows, async (trx) => {
        // In one question: a few of them would take as long as a quarter of the rows.
        const { rows } = await sql<{ there: boolean }>`
          SELECT begin_frames(${lapId}, ${from}, ${to}) AS there`.execute(trx);
        if (rows[0]?.there !== true) throw new LapForgotten();
        await this.beforeCopy(trx);
      });
    } catch (error) {
      if (error instanceof LapForgotten) return 0;
      throw error;
    }
  }

  dropBefore(time: Date): Promise<void> {
    return this.database.asSystem(async (trx) => {
      await sql`SET LOCAL statement_timeout = 0`.execute(trx);
      await this.dropFrames(trx, time);
      await sql`DELETE FROM telemetry_laps WHERE last_at < ${time}`.execute(trx);
    });
  }

  clear(): Promise<void> {
    return this.database.asSystem(async (trx) => {
      await sql`TRUNCATE telemetry_frame, telemetry_laps`.execute(trx);
    });
  }

  /** Where rows need a place to go to. */
  protected async makeRoom(_from: Date, _to: Date): Promise<void> {}

  protected async beforeCopy(_: Work): Promise<void> {}
}
