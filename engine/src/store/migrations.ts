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
];
