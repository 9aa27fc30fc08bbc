/** The lap store on SQLite. Runs in the worker thread; see `lap-store.ts` for what each verb promises. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { CodedError, LapAnalysis } from '@racing-coach/contract';
import type Database from 'better-sqlite3';
import {
  type LapFacts,
  type LapStore,
  lapId,
  type NewLap,
  type OutboxEntry,
  type StoredLap,
  type StoredReference,
  type StoredSession,
  settledWithoutOfficial,
} from './lap-store.ts';
import { openStoreFile, type StoreFileOptions, storeError, suspicionFile } from './store-file.ts';
import {
  factsRow,
  insertion,
  lapFromRow,
  lapProperties,
  lapRow,
  type Row,
  referenceFromRow,
  referenceProperties,
  referenceRow,
  selection,
  sessionFromRow,
  sessionProperties,
  sessionRow,
} from './store-rows.ts';

const selectLaps = `SELECT ${selection(lapProperties)} FROM laps`;

export class SqliteLapStore implements LapStore {
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #statements = new Map<string, Database.Statement>();
  /** What the user should know about the opening; null when all is well. */
  readonly notice: CodedError | null;

  constructor(options: StoreFileOptions) {
    const { database, notice } = openStoreFile(options);
    this.#database = database;
    this.#path = options.path;
    this.notice = notice;
  }

  saveSession(session: StoredSession): void {
    this.#write(() => this.#insertSession('OR REPLACE', session));
  }

  sessions(): StoredSession[] {
    return this.#all(`SELECT ${selection(sessionProperties)} FROM sessions ORDER BY stored_at, id`).map(
      sessionFromRow,
    );
  }

  openLap(lap: NewLap): void {
    this.#write(() => this.#insertLap(lap, 'open'));
  }

  settleLap(sessionId: string, facts: LapFacts, at: string): void {
    this.#write(() => this.#settle(sessionId, facts, at));
  }

  settleLeftOpen(at: string): number {
    return this.#write(() => {
      const open = this.#all(`${selectLaps} WHERE state = 'open'`).map(lapFromRow);
      for (const lap of open) this.#settle(lap.sessionId, settledWithoutOfficial(lap), at);
      return open.length;
    });
  }

  importSession(session: StoredSession, laps: NewLap[]): boolean {
    return this.#write(() => {
      if (this.#insertSession('OR IGNORE', session) === 0) return false;
      for (const lap of laps) {
        this.#insertLap(lap, 'settled');
        this.#queue(lapId(lap.sessionId, lap.facts), session.storedAt);
      }
      return true;
    });
  }

  laps(sessionId: string): StoredLap[] {
    return this.#all(`${selectLaps} WHERE session_id = ? ORDER BY start_sample, stint, lap`, sessionId).map(
      lapFromRow,
    );
  }

  corners(id: string): { analysisVersion: number; corners: LapAnalysis['corners'] } | null {
    const lap = this.#one('SELECT analysis_version AS analysisVersion FROM laps WHERE id = ?', id);
    if (lap === null) return null;
    const rows = this.#all('SELECT document FROM corner_metrics WHERE lap_id = ? ORDER BY position', id);
    const corners = rows.map((row) => JSON.parse(String(row['document'])) as LapAnalysis['corners'][number]);
    return { analysisVersion: Number(lap['analysisVersion']), corners };
  }

  lapFile(sha256: string): Uint8Array | null {
    const row = this.#one('SELECT bytes FROM lap_files WHERE sha256 = ?', sha256);
    return row === null ? null : new Uint8Array(row['bytes'] as unknown as Buffer);
  }

  bestOwnLap(trackKey: string, carKey: string): StoredLap | null {
    const row = this.#one(
      `${selectLaps} WHERE state = 'settled' AND reference_grade = 1 AND lap_file_sha256 IS NOT NULL AND session_id IN
         (SELECT id FROM sessions WHERE track_key = ? AND car_key = ? AND own = 1) ORDER BY lap_time_s, id LIMIT 1`,
      trackKey,
      carKey,
    );
    return row === null ? null : lapFromRow(row);
  }

  saveReference(reference: StoredReference, lapFile: Uint8Array | null): void {
    this.#write(() => {
      if (lapFile !== null) this.#insertLapFile(lapFile);
      this.#run(
        `INSERT OR REPLACE ${insertion('reference_laps', referenceProperties)}`,
        referenceRow(reference),
      );
      this.#dropUnusedLapFiles();
    });
  }

  references(): StoredReference[] {
    const select = `SELECT ${selection(referenceProperties)} FROM reference_laps`;
    return this.#all(`${select} ORDER BY track_key, car_key, origin DESC, added_at DESC, id`).map(
      referenceFromRow,
    );
  }

  removeReference(id: string): boolean {
    return this.#write(() => {
      const removed = this.#run('DELETE FROM reference_laps WHERE id = ?', id) > 0;
      this.#dropUnusedLapFiles();
      return removed;
    });
  }

  trackModel(trackKey: string): string | null {
    const row = this.#one('SELECT model FROM track_models WHERE track_key = ?', trackKey);
    return row === null ? null : String(row['model']);
  }

  saveTrackModel(trackKey: string, model: string): void {
    this.#write(() =>
      this.#run('INSERT OR REPLACE INTO track_models (track_key, model) VALUES (?, ?)', trackKey, model),
    );
  }

  outbox(): OutboxEntry[] {
    const rows = this.#all('SELECT lap_id AS lapId, since FROM outbox ORDER BY since, lap_id');
    return rows.map((row) => ({ lapId: String(row['lapId']), since: String(row['since']) }));
  }

  removeFromOutbox(id: string): void {
    this.#write(() => this.#run('DELETE FROM outbox WHERE lap_id = ?', id));
  }

  close(): void {
    this.#database.close();
  }

  /** How many sessions were added: 0 when `OR IGNORE` met one with the same id or content. */
  #insertSession(conflict: 'OR REPLACE' | 'OR IGNORE', session: StoredSession): number {
    const insert = insertion('sessions', sessionProperties);
    if (conflict === 'OR IGNORE') return this.#run(`INSERT OR IGNORE ${insert}`, sessionRow(session));
    // Not OR REPLACE: that would delete the row that laps refer to.
    const updates = sessionProperties.slice(1).map((name) => `${selection([name]).split(' ')[0]} = @${name}`);
    return this.#run(
      `INSERT ${insert} ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
      sessionRow(session),
    );
  }

  #insertLap(lap: NewLap, state: 'open' | 'settled'): void {
    const sha256 = lap.lapFile === null ? null : this.#insertLapFile(lap.lapFile);
    const row = lapRow(lap, state, sha256);
    const added = this.#run(`INSERT ${insertion('laps', lapProperties)} ON CONFLICT (id) DO NOTHING`, row);
    if (added === 0) return;
    for (const [position, corner] of lap.corners.entries())
      this.#run(
        `INSERT INTO corner_metrics (lap_id, position, analysis_version, corner_id, time_s, min_speed_mps, exit_speed_mps, document)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[row['id'] ?? '', position, lap.analysisVersion, corner.id],
        ...[corner.timeS, corner.minSpeedMps, corner.exitSpeedMps, JSON.stringify(corner)],
      );
  }

  #insertLapFile(bytes: Uint8Array): string {
    const sha256 = sha256Of(bytes);
    this.#run('INSERT OR IGNORE INTO lap_files (sha256, bytes) VALUES (?, ?)', sha256, Buffer.from(bytes));
    return sha256;
  }

  #settle(sessionId: string, facts: LapFacts, at: string): void {
    const settled = this.#run(
      `UPDATE laps SET state = 'settled', lap_time_s = @lapTimeS, time_source = @timeSource,
         official_lap_time_s = @officialLapTimeS, own_lap_time_s = @ownLapTimeS, valid = @valid,
         reference_grade = @referenceGrade, reasons = @reasons, complete = @complete,
         lap_file_sha256 = CASE WHEN @complete = 1 THEN lap_file_sha256 END
       WHERE id = @id AND state = 'open'`,
      settlementOf(factsRow(sessionId, facts)),
    );
    if (settled === 0) return;
    this.#queue(lapId(sessionId, facts), at);
    if (!facts.complete) this.#dropUnusedLapFiles();
  }

  /** Only what has a lap file is sent. */
  #queue(id: string, at: string): void {
    this.#run(
      'INSERT OR IGNORE INTO outbox (lap_id, since) SELECT id, ? FROM laps WHERE id = ? AND lap_file_sha256 IS NOT NULL',
      at,
      id,
    );
  }

  #dropUnusedLapFiles(): void {
    this.#run(`DELETE FROM lap_files WHERE sha256 NOT IN (SELECT lap_file_sha256 FROM laps WHERE lap_file_sha256 IS NOT NULL)
      AND sha256 NOT IN (SELECT lap_file_sha256 FROM reference_laps)`);
  }

  /** One transaction; SQLite undoes it when anything in it fails. */
  #write<Result>(act: () => Result): Result {
    return this.#guard(() => this.#database.transaction(act).immediate());
  }

  #all(sql: string, ...values: unknown[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values) as Row[]);
  }

  #one(sql: string, ...values: unknown[]): Row | null {
    return this.#guard(() => (this.#statement(sql).get(...values) as Row | undefined) ?? null);
  }

  #run(sql: string, ...values: unknown[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (thrown) {
      const error = storeError(thrown, this.#path);
      if (error.code === 'store-damaged') writeFileSync(suspicionFile(this.#path), '');
      throw error;
    }
  }
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

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
