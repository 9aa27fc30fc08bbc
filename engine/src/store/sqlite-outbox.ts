/** The outbox on SQLite; see `outbox.ts` for what each verb promises. */
import {
  type KnownServer,
  type NextToSend,
  type Outbox,
  type OutboxEntry,
  type OutboxLap,
  patientAttempts,
  type Refusal,
} from './outbox.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import {
  lapFromRow,
  lapProperties,
  type Row,
  selection,
  sessionFromRow,
  sessionProperties,
} from './store-rows.ts';

/** A lap before this one in its session still waits, and is to be waited for. */
const waitsForEarlier = `EXISTS (SELECT 1 FROM laps AS earlier JOIN outbox AS entry ON entry.lap_id = earlier.id
  WHERE earlier.session_id = laps.session_id AND entry.state = 'waiting' AND entry.attempts < ${patientAttempts}
    AND (earlier.start_sample, earlier.stint, earlier.lap) < (laps.start_sample, laps.stint, laps.lap))`;

const firstDue = (attempts: string) =>
  `SELECT laps.id AS lapId, laps.session_id AS sessionId, outbox.attempts FROM outbox JOIN laps ON laps.id = outbox.lap_id
  WHERE outbox.state = 'waiting' AND outbox.attempts ${attempts} AND NOT ${waitsForEarlier}
    AND (next_attempt_at IS NULL OR next_attempt_at <= @now OR next_attempt_at > @horizon)
  ORDER BY outbox.since, outbox.lap_id LIMIT 1`;
/** Laps that fail again and again come after all others. */
const [firstFresh, firstFailing] = [firstDue(`< ${patientAttempts}`), firstDue(`>= ${patientAttempts}`)];

const changedSession =
  'SELECT id AS sessionId FROM sessions WHERE sent_revision > 0 AND sent_revision < revision ORDER BY id LIMIT 1';

const entryColumns =
  'outbox.lap_id AS lapId, outbox.since, outbox.state, outbox.attempts, outbox.next_attempt_at AS nextAttemptAt, outbox.code, outbox.text';

export class SqliteOutbox implements Outbox {
  readonly #tables: SqliteConnection;

  constructor(tables: SqliteConnection) {
    this.#tables = tables;
  }

  outbox(): OutboxEntry[] {
    return this.#tables.all(`SELECT ${entryColumns} FROM outbox ORDER BY since, lap_id`).map(entryFromRow);
  }

  nextToSend(now: string, horizon: string): NextToSend | null {
    const times = { now, horizon };
    const due =
      this.#tables.one(firstFresh, times) ??
      this.#tables.one(changedSession) ??
      this.#tables.one(firstFailing, times);
    if (due === null) return null;
    const session = this.#tables.one(
      `SELECT ${selection(sessionProperties)}, revision, sent_revision AS sentRevision FROM sessions WHERE id = ?`,
      due['sessionId'],
    );
    if (session === null) return null;
    const { revision, sentRevision, ...facts } = session;
    return {
      session: sessionFromRow(facts),
      revision: Number(revision),
      sessionIsSent: revision === sentRevision,
      lap: due['lapId'] === undefined ? null : this.#lap(String(due['lapId'])),
      attempts: Number(due['attempts'] ?? 0),
    };
  }

  nextAttemptAt(): string | null {
    const row = this.#tables.one(
      "SELECT min(next_attempt_at) AS at FROM outbox WHERE state = 'waiting' AND next_attempt_at IS NOT NULL",
    );
    return (row?.['at'] as string | null | undefined) ?? null;
  }

  outboxCounts(): { waiting: number; refused: number } {
    const count = (state: string) =>
      Number(this.#tables.one('SELECT count(*) AS count FROM outbox WHERE state = ?', state)?.['count']);
    return { waiting: count('waiting'), refused: count('refused') };
  }

  outboxLaps(state: OutboxEntry['state'], most: number): OutboxLap[] {
    return this.#tables
      .all(
        `SELECT ${entryColumns}, laps.stint, laps.lap, laps.lap_time_s AS lapTimeS, sessions.track_name AS trackName,
           sessions.track_config AS trackConfig, sessions.car_name AS carName, sessions.stored_at AS sessionStoredAt
         FROM outbox JOIN laps ON laps.id = outbox.lap_id JOIN sessions ON sessions.id = laps.session_id
         WHERE outbox.state = ? ORDER BY outbox.since, laps.start_sample, laps.id LIMIT ?`,
        state,
        most,
      )
      .map((row) => ({ ...entryFromRow(row), ...shownOf(row) }));
  }

  lapSent(lapId: string, at: string): void {
    this.#tables.write(() => {
      this.#tables.run('DELETE FROM outbox WHERE lap_id = ?', lapId);
      this.#noteSuccess(at);
    });
  }

  lapRefused(lapId: string, { code, text }: Refusal): void {
    const update =
      "UPDATE outbox SET state = 'refused', next_attempt_at = NULL, code = ?, text = ? WHERE lap_id = ?";
    this.#tables.write(() => this.#tables.run(update, code, text, lapId));
  }

  lapFailed(lapId: string, { code, text }: Refusal, nextAttemptAt: string): void {
    const update =
      'UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?, code = ?, text = ? WHERE lap_id = ?';
    this.#tables.write(() => this.#tables.run(update, nextAttemptAt, code, text, lapId));
  }

  sessionSent(sessionId: string, revision: number, at: string): void {
    this.#tables.write(() => {
      this.#tables.run('UPDATE sessions SET sent_revision = ? WHERE id = ?', revision, sessionId);
      this.#noteSuccess(at);
    });
  }

  sessionMissing(sessionId: string): void {
    const update = 'UPDATE sessions SET sent_revision = 0 WHERE id = ?';
    this.#tables.write(() => this.#tables.run(update, sessionId));
  }

  sessionRefused(sessionId: string, revision: number, { code, text }: Refusal): void {
    this.#tables.write(() => {
      const update = 'UPDATE sessions SET sent_revision = ? WHERE id = ? AND sent_revision > 0';
      if (this.#tables.run(update, revision, sessionId) > 0) return;
      this.#tables.run(
        `UPDATE outbox SET state = 'refused', next_attempt_at = NULL, code = ?, text = ?
         WHERE state = 'waiting' AND lap_id IN (SELECT id FROM laps WHERE session_id = ?)`,
        ...[code, text, sessionId],
      );
    });
  }

  sentLapIds(after: string, storedSince: string, most: number): string[] {
    return this.#tables
      .all(
        `SELECT laps.id FROM laps JOIN sessions ON sessions.id = laps.session_id WHERE laps.id > ? AND laps.state = 'settled'
           AND sessions.stored_at >= ? AND laps.id NOT IN (SELECT lap_id FROM outbox) ORDER BY laps.id LIMIT ?`,
        ...[after, storedSince, most],
      )
      .map((row) => String(row['id']));
  }

  sendAgain(lapIds: string[], at: string): void {
    this.#tables.write(() => {
      for (const id of lapIds) {
        const queue =
          "INSERT OR IGNORE INTO outbox (lap_id, since) SELECT id, ? FROM laps WHERE id = ? AND state = 'settled'";
        this.#tables.run(queue, at, id);
        const update =
          'UPDATE sessions SET sent_revision = 0 WHERE id = (SELECT session_id FROM laps WHERE id = ?)';
        this.#tables.run(update, id);
      }
    });
  }

  retryRefused(): number {
    const update =
      "UPDATE outbox SET state = 'waiting', attempts = 0, next_attempt_at = NULL, code = NULL, text = NULL WHERE state = 'refused'";
    return this.#tables.write(() => this.#tables.run(update));
  }

  knownServer(): KnownServer | null {
    const columns = 'server_id AS serverId, device_id AS deviceId, version, checked_at AS checkedAt';
    return this.#tables.one(`SELECT ${columns} FROM known_server`) as KnownServer | null;
  }

  saveKnownServer({ serverId, deviceId, version, checkedAt }: KnownServer): void {
    const insert =
      'INSERT OR REPLACE INTO known_server (only_one, server_id, device_id, version, checked_at) VALUES (1, ?, ?, ?, ?)';
    this.#tables.write(() => this.#tables.run(insert, serverId, deviceId, version, checkedAt));
  }

  lastSuccessAt(): string | null {
    const row = this.#tables.one('SELECT last_success_at AS at FROM sent');
    return row === null ? null : String(row['at']);
  }

  #lap(id: string) {
    const row = this.#tables.one(`SELECT ${selection(lapProperties)} FROM laps WHERE id = ?`, id);
    return row === null ? null : lapFromRow(row);
  }

  /** Within a transaction. */
  #noteSuccess(at: string): void {
    this.#tables.run('INSERT OR REPLACE INTO sent (only_one, last_success_at) VALUES (1, ?)', at);
  }
}

function entryFromRow(row: Row): OutboxEntry {
  const { lapId, since, state, attempts, nextAttemptAt, code, text } = row;
  const refusal = code === null ? null : { code: String(code), text: String(text) };
  return { lapId, since, state, attempts, nextAttemptAt, refusal } as OutboxEntry;
}

function shownOf(row: Row): Omit<OutboxLap, keyof OutboxEntry> {
  const { stint, lap, lapTimeS, trackName, trackConfig, carName, sessionStoredAt } = row;
  return { stint, lap, lapTimeS, trackName, trackConfig, carName, sessionStoredAt } as Omit<
    OutboxLap,
    keyof OutboxEntry
  >;
}
