/** The table of telemetry rows as the configuration wants it. Its columns are the native core's. */
import { loadNative } from '../analysis/native-addon.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import { setUpTelemetry } from '../database/telemetry/set-up-telemetry.ts';
import type { TelemetryTable } from '../database/telemetry/telemetry-table.ts';

/** Laps older than a week are seldom looked at sample by sample. */
const compressAfterDays = 7;

/** Null where there is to be none. */
export async function openTelemetry(config: Config, database: Database): Promise<TelemetryTable | null> {
  const native = await loadNative();
  return await setUpTelemetry(database, {
    table: config.telemetryRows === 'auto' ? 'where-timescale' : config.telemetryRows,
    columns: native.telemetryColumns(),
    retentionDays: config.telemetryRetentionDays,
    compressAfterDays,
    // A preview of TimescaleDB's: it is switched on when it is one no more.
    directCompress: false,
  });
}
