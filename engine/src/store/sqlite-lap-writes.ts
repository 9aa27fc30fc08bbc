/** How a lap gets into the tables and becomes settled. Every function here is part of a transaction of its caller. */
import { createHash } from 'node:crypto';
import { type LapFacts, lapId, type NewLap } from './lap-store.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { factsRow, insertion, lapProperties, lapRow, type Row } from './store-rows.ts';

/** A lap that is there already stays as it is. */
export function insertLap(tables: SqliteConnection, lap: NewLap, state: 'open' | 'settled'): void {
  const id = lapId(lap.sessionId, lap.facts);
  if (tables.one('SELECT 1 FROM laps WHERE id = ?', id) !== null) return;
  const sha256 = lap.lapFile === null ? null : insertLapFile(tables, lap.lapFile);
  tables.run(`INSERT ${insertion('laps', lapProperties)}`, lapRow(lap, state, sha256));
  for (const [position, corner] of lap.corners.entries())
    tables.run(
      `INSERT INTO corner_metrics (lap_id, position, analysis_version, corner_id, time_s, min_speed_mps, exit_speed_mps, document)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, position, lap.analysisVersion, corner.id],
      ...[corner.timeS, corner.minSpeedMps, corner.exitSpeedMps, JSON.stringify(corner)],
    );
}

export function insertLapFile(tables: SqliteConnection, bytes: Uint8Array): string {
  const sha256 = sha256Of(bytes);
  tables.run('INSERT OR IGNORE INTO lap_files (sha256, bytes) VALUES (?, ?)', sha256, Buffer.from(bytes));
  return sha256;
}

export function settleLap(tables: SqliteConnection, sessionId: string, facts: LapFacts, at: string): void {
  const settled = tables.run(
    `UPDATE laps SET state = 'settled', lap_time_s = @lapTimeS, time_source = @timeSource,
       official_lap_time_s = @officialLapTimeS, own_lap_time_s = @ownLapTimeS, valid = @valid,
       reference_grade = @referenceGrade, reasons = @reasons, complete = @complete,
       lap_file_sha256 = CASE WHEN @complete = 1 THEN lap_file_sha256 END
     WHERE id = @id AND state = 'open'`,
    settlementOf(factsRow(sessionId, facts)),
  );
  if (settled === 0) return;
  queueLap(tables, lapId(sessionId, facts), at);
  if (!facts.complete) dropUnusedLapFiles(tables);
}

export function queueLap(tables: SqliteConnection, id: string, at: string): void {
  tables.run('INSERT OR IGNORE INTO outbox (lap_id, since) VALUES (?, ?)', id, at);
}

export function dropUnusedLapFiles(tables: SqliteConnection): void {
  tables.run(
    `DELETE FROM lap_files WHERE sha256 NOT IN (SELECT lap_file_sha256 FROM laps WHERE lap_file_sha256 IS NOT NULL)
       AND sha256 NOT IN (SELECT lap_file_sha256 FROM reference_laps)`,
  );
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** better-sqlite3 refuses names that the statement does not use. */
function settlementOf(row: Row): Row {
  const {
    id,
    lapTimeS,
    timeSource,
    officialLapTimeS,
    ownLapTimeS,
    complete,
    valid,
    referenceGrade,
    reasons,
  } = row;
  return {
    id,
    lapTimeS,
    timeSource,
    officialLapTimeS,
    ownLapTimeS,
    complete,
    valid,
    referenceGrade,
    reasons,
  } as Row;
}
