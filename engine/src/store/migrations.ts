/**
 * The store's tables, as the steps that lead to them. Forward only; a step that was released is never changed. `PRAGMA user_version` counts
 * the steps that a file has.
 */
export const migrations: string[] = [
  `
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL CHECK (source IN ('live', 'import')),
    source_name TEXT NOT NULL,
    content_sha256 TEXT UNIQUE,
    sim TEXT NOT NULL,
    track_key TEXT NOT NULL,
    car_key TEXT NOT NULL,
    track_name TEXT NOT NULL,
    track_config TEXT NOT NULL,
    track_length_m REAL,
    car_name TEXT NOT NULL,
    sample_rate_hz REAL NOT NULL,
    date TEXT NOT NULL,
    own INTEGER NOT NULL,
    stored_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sessions_by_track_and_car ON sessions (track_key, car_key);

  -- Encoded once, in Rust; these bytes are hashed, sent and exported, never encoded again.
  CREATE TABLE lap_files (
    sha256 TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE laps (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    stint INTEGER NOT NULL,
    lap INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'settled')),
    start_sample INTEGER NOT NULL,
    end_sample INTEGER NOT NULL,
    lap_time_s REAL,
    time_source TEXT NOT NULL,
    official_lap_time_s REAL,
    own_lap_time_s REAL,
    complete INTEGER NOT NULL,
    valid INTEGER NOT NULL,
    reference_grade INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    analysis_version INTEGER NOT NULL,
    lap_file_sha256 TEXT REFERENCES lap_files (sha256),
    UNIQUE (session_id, stint, lap),
    -- A lap that is not complete has no file that could pass for a good one.
    CHECK (lap_file_sha256 IS NULL OR complete = 1)
  ) STRICT;

  CREATE TABLE corner_metrics (
    lap_id TEXT NOT NULL REFERENCES laps (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    analysis_version INTEGER NOT NULL,
    corner_id TEXT NOT NULL,
    time_s REAL NOT NULL,
    min_speed_mps REAL NOT NULL,
    exit_speed_mps REAL NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (lap_id, position)
  ) STRICT;

  -- "references" is a word of SQL.
  CREATE TABLE reference_laps (
    id TEXT PRIMARY KEY,
    track_key TEXT NOT NULL,
    car_key TEXT NOT NULL,
    track_name TEXT NOT NULL,
    track_config TEXT NOT NULL,
    car_name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('auto', 'manual')),
    own INTEGER NOT NULL,
    label TEXT NOT NULL,
    lap_time_s REAL NOT NULL,
    lap_file_sha256 TEXT NOT NULL REFERENCES lap_files (sha256),
    added_at TEXT NOT NULL
  ) STRICT;

  -- The corner ids of a track: they survive a change of reference.
  CREATE TABLE track_models (
    track_key TEXT PRIMARY KEY,
    model TEXT NOT NULL
  ) STRICT;

  CREATE TABLE outbox (
    lap_id TEXT PRIMARY KEY REFERENCES laps (id) ON DELETE CASCADE,
    since TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Driven with live instruction; null where that is not known, as of every lap stored before.
  ALTER TABLE laps ADD COLUMN assisted INTEGER;
  `,
  `
  -- What became of an attempt to send a lap. next_attempt_at: null is at once.
  ALTER TABLE outbox ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'refused'));
  ALTER TABLE outbox ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE outbox ADD COLUMN next_attempt_at TEXT;
  ALTER TABLE outbox ADD COLUMN code TEXT;
  ALTER TABLE outbox ADD COLUMN text TEXT;
  CREATE INDEX outbox_in_order ON outbox (state, since, lap_id);
  -- Laps without a lap file are sent as well: the server lists them with their reasons.
  INSERT OR IGNORE INTO outbox (lap_id, since)
    SELECT laps.id, sessions.stored_at FROM laps JOIN sessions ON sessions.id = laps.session_id WHERE laps.state = 'settled';

  -- revision counts the changes of what is known of a session; sent_revision: the one that the server has, 0 for none.
  ALTER TABLE sessions ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE sessions ADD COLUMN sent_revision INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX sessions_changed ON sessions (id) WHERE sent_revision > 0 AND sent_revision < revision;

  CREATE TABLE known_server (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    server_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    version TEXT NOT NULL,
    checked_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE sent (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    last_success_at TEXT NOT NULL
  ) STRICT;

  ALTER TABLE reference_laps ADD COLUMN server_reference_id TEXT;
  `,
  `
  -- Lists for review: newest first, of all, of a track, of a car. Those of a track and a car are few.
  CREATE INDEX sessions_newest ON sessions (stored_at, id);
  CREATE INDEX sessions_of_track ON sessions (track_key, stored_at, id);
  CREATE INDEX sessions_of_car ON sessions (car_key, stored_at, id);

  ALTER TABLE sessions ADD COLUMN build TEXT NOT NULL DEFAULT '';
  `,
];
