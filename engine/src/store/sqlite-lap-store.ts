/** The lap store on SQLite. Runs in the worker thread; see `lap-store.ts` for what each verb promises. */
import type { CodedError, LapAnalysis, SessionEntry, SessionPlaces } from '@racing-coach/contract';
import {
  type LapFacts,
  type LapStore,
  lapId,
  type NewLap,
  type StoredLap,
  type StoredReference,
  type StoredSession,
  settledWithoutOfficial,
} from './lap-store.ts';
import type { SessionPageQuery } from './session-list.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { dropUnusedLapFiles, insertLap, insertLapFile, queueLap, settleLap } from './sqlite-lap-writes.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { lapPlace, placesDriven, sessionEntry, sessionPage } from './sqlite-session-list.ts';
import type { StoreFileOptions } from './store-file.ts';
import {
  columnOf,
  insertion,
  lapFromRow,
  lapProperties,
  referenceFromRow,
  referenceProperties,
  referenceRow,
  selection,
  sessionFromRow,
  sessionProperties,
  sessionRow,
} from './store-rows.ts';

const selectLaps = `SELECT ${selection(lapProperties)} FROM laps`;

export class SqliteLapStore extends SqliteOutbox implements LapStore {
  readonly #tables: SqliteConnection;

  constructor(options: StoreFileOptions) {
    const tables = new SqliteConnection(options);
    super(tables);
    this.#tables = tables;
  }

  /** What the user should know about the opening; null when all is well. */
  get notice(): CodedError | null {
    return this.#tables.notice;
  }

  saveSession(session: StoredSession): void {
    this.#tables.write(() => this.#insertSession('OR REPLACE', session));
  }

  sessions(): StoredSession[] {
    return this.#tables
      .all(`SELECT ${selection(sessionProperties)} FROM sessions ORDER BY stored_at, id`)
      .map(sessionFromRow);
  }

  sessionPage(query: SessionPageQuery): SessionEntry[] {
    return sessionPage(this.#tables, query);
  }

  sessionEntry(id: string): SessionEntry | null {
    return sessionEntry(this.#tables, id);
  }

  lapPlace(lapId: string): ReturnType<LapStore['lapPlace']> {
    return lapPlace(this.#tables, lapId);
  }

  placesDriven(): SessionPlaces {
    return placesDriven(this.#tables);
  }

  openLap(lap: NewLap): void {
    this.#tables.write(() => insertLap(this.#tables, lap, 'open'));
  }

  settleLap(sessionId: string, facts: LapFacts, at: string): void {
    this.#tables.write(() => settleLap(this.#tables, sessionId, facts, at));
  }

  settleLeftOpen(at: string): number {
    return this.#tables.write(() => {
      const open = this.#tables.all(`${selectLaps} WHERE state = 'open'`).map(lapFromRow);
      for (const lap of open) settleLap(this.#tables, lap.sessionId, settledWithoutOfficial(lap), at);
      return open.length;
    });
  }

  importSession(session: StoredSession, laps: NewLap[]): boolean {
    return this.#tables.write(() => {
      if (this.#insertSession('OR IGNORE', session) === 0) return false;
      for (const lap of laps) {
        insertLap(this.#tables, lap, 'settled');
        queueLap(this.#tables, lapId(lap.sessionId, lap.facts), session.storedAt);
      }
      return true;
    });
  }

  laps(sessionId: string): StoredLap[] {
    return this.#tables
      .all(`${selectLaps} WHERE session_id = ? ORDER BY start_sample, stint, lap`, sessionId)
      .map(lapFromRow);
  }

  corners(id: string): { analysisVersion: number; corners: LapAnalysis['corners'] } | null {
    const lap = this.#tables.one('SELECT analysis_version AS analysisVersion FROM laps WHERE id = ?', id);
    if (lap === null) return null;
    const rows = this.#tables.all(
      'SELECT document FROM corner_metrics WHERE lap_id = ? ORDER BY position',
      id,
    );
    const corners = rows.map((row) => JSON.parse(String(row['document'])) as LapAnalysis['corners'][number]);
    return { analysisVersion: Number(lap['analysisVersion']), corners };
  }

  lapFile(sha256: string): Uint8Array | null {
    const row = this.#tables.one('SELECT bytes FROM lap_files WHERE sha256 = ?', sha256);
    return row === null ? null : new Uint8Array(row['bytes'] as unknown as Buffer);
  }

  bestOwnLap(trackKey: string, carKey: string): StoredLap | null {
    const row = this.#tables.one(
      `${selectLaps} WHERE state = 'settled' AND reference_grade = 1 AND lap_file_sha256 IS NOT NULL AND session_id IN
         (SELECT id FROM sessions WHERE track_key = ? AND car_key = ? AND own = 1) ORDER BY lap_time_s, id LIMIT 1`,
      trackKey,
      carKey,
    );
    return row === null ? null : lapFromRow(row);
  }

  saveReference(reference: StoredReference, lapFile: Uint8Array | null): void {
    this.#tables.write(() => {
      if (lapFile !== null) insertLapFile(this.#tables, lapFile);
      this.#tables.run(
        `INSERT OR REPLACE ${insertion('reference_laps', referenceProperties)}`,
        referenceRow(reference),
      );
      dropUnusedLapFiles(this.#tables);
    });
  }

  references(): StoredReference[] {
    const select = `SELECT ${selection(referenceProperties)} FROM reference_laps`;
    return this.#tables
      .all(`${select} ORDER BY track_key, car_key, origin DESC, added_at DESC, id`)
      .map(referenceFromRow);
  }

  removeReference(id: string): boolean {
    return this.#tables.write(() => {
      const removed = this.#tables.run('DELETE FROM reference_laps WHERE id = ?', id) > 0;
      dropUnusedLapFiles(this.#tables);
      return removed;
    });
  }

  trackModel(trackKey: string): string | null {
    const row = this.#tables.one('SELECT model FROM track_models WHERE track_key = ?', trackKey);
    return row === null ? null : String(row['model']);
  }

  saveTrackModel(trackKey: string, model: string): void {
    this.#tables.write(() =>
      this.#tables.run(
        'INSERT OR REPLACE INTO track_models (track_key, model) VALUES (?, ?)',
        trackKey,
        model,
      ),
    );
  }

  close(): void {
    this.#tables.close();
  }

  /** How many sessions were added: 0 when `OR IGNORE` met one with the same id or content. */
  #insertSession(conflict: 'OR REPLACE' | 'OR IGNORE', session: StoredSession): number {
    const insert = insertion('sessions', sessionProperties);
    if (conflict === 'OR IGNORE') return this.#tables.run(`INSERT OR IGNORE ${insert}`, sessionRow(session));
    // Not OR REPLACE: that would delete the row that laps refer to. What is the same is no new revision to send.
    const changing = sessionProperties.slice(1);
    const columns = changing.map((name) => `sessions.${columnOf(name)}`).join(', ');
    const values = changing.map((name) => `@${name}`).join(', ');
    const updates = changing.map((name) => `${columnOf(name)} = @${name}`).join(', ');
    return this.#tables.run(
      `INSERT ${insert} ON CONFLICT (id) DO UPDATE SET ${updates}, revision = revision + 1 WHERE (${columns}) IS NOT (${values})`,
      sessionRow(session),
    );
  }
}
