/**
 * Rows of telemetry beside the lap files, on the embedded database: the running server's jobs fill them when a lap has come, `rebuild-telemetry` fills them anew from the
 * files, and is refused in one sentence where there is no table.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadNative } from '../../engine/src/native.ts';
import { openAnalysis } from '../../server/src/analysis/open-analysis.ts';
import type { Config } from '../../server/src/config/config.ts';
import type { Database } from '../../server/src/database/database.ts';
import { MemoryEvents } from '../../server/src/events/memory-events.ts';
import { startBackground } from '../../server/src/start/background.ts';
import { rebuildTelemetry } from '../../server/src/start/once.ts';
import { openDatabase } from '../../server/src/start/open-database.ts';
import { openTelemetry } from '../../server/src/start/telemetry.ts';
import { testApp, testConfig } from '../../server/src/testing/test-app.ts';
import { putLap, putSession } from '../../server/src/testing/uploads.ts';
import { root } from '../engine/racing-coach.ts';

let dataDir: string;
let config: Config;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'racing-coach-rows-'));
  config = { ...testConfig, dataDir, telemetryRows: 'on', logLevel: 'silent' };
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const rowsOf = async (database: Database): Promise<number> => {
  const count = sql<{ rows: number }>`SELECT count(*)::int AS rows FROM telemetry_frame`;
  return (await database.asSystem((trx) => count.execute(trx))).rows[0]?.rows ?? 0;
};

/** Sends the first complete lap of the demo session; resolves to how many rows it has. */
async function driveALap(database: Database, isFilled: (rows: number) => boolean): Promise<number> {
  const analysis = await openAnalysis();
  const events = new MemoryEvents();
  const clock = () => new Date();
  const app = await testApp({ config, parts: { database, analysis, events, clock } });
  const telemetry = await openTelemetry(config, database);
  const stop = startBackground({ database, analysis, events, clock }, telemetry, app.app.log);
  const driver = await app.makeUser();
  const native = await loadNative();
  const laps = await native.extractLaps(join(root, 'reference-laps', 'demo-session.ibt'));
  const lap = laps.find(({ lapFile }) => lapFile != null);
  if (lap?.lapFile == null) throw new Error('the session has no lap');
  const { session, sections: _s, brakeZones: _z, corners: _c, ...facts } = JSON.parse(lap.summary);
  const { sim, trackKey, carKey, track, car } = session;
  const names = { trackName: track.name, trackConfig: track.config, carName: car.name };
  await putSession(driver.call, 's1', { sim, trackKey, carKey, ...names, trackLengthM: track.lengthM });
  const stored = await putLap(driver.call, 'l1', Buffer.from(lap.lapFile), {
    ...facts,
    sessionId: 's1',
    analysisVersion: session.analysisVersion,
  });
  expect(stored.status).toBe(200);
  let rows = 0;
  await expect
    .poll(
      async () => {
        rows = await rowsOf(database);
        return isFilled(rows);
      },
      { timeout: 15_000, interval: 100 },
    )
    .toBe(true);
  await stop();
  await app.app.close();
  await analysis.close();
  return rows;
}

test('a lap that came has its rows, and they come back when they are made anew', {
  timeout: 90_000,
}, async () => {
  const { database } = await openDatabase(config);
  const rows = await driveALap(database, (now) => now > 4000);
  await database.asSystem((trx) => sql`DELETE FROM telemetry_frame`.execute(trx));
  await database.close();
  const told: string[] = [];
  const outcome = await rebuildTelemetry(config, new AbortController().signal, (text) => told.push(text));
  expect(outcome).toEqual({ text: 'Done; 0 laps failed.', document: { left: 0, failed: 0 } });
  expect(told.join('\n')).not.toContain('Lap ');
  const again = (await openDatabase(config)).database;
  expect(await rowsOf(again)).toBe(rows);
  await again.close();
});

test('where there is no table it says what it needs', { timeout: 60_000 }, async () => {
  const without: Config = { ...config, telemetryRows: 'off' };
  const rebuilt = rebuildTelemetry(without, new AbortController().signal, () => undefined);
  await expect(rebuilt).rejects.toThrow(
    'There is no table of telemetry here: it needs TimescaleDB, or TELEMETRY_ROWS=on.',
  );
});
