/** The columns of every table by PostgreSQL's names: the compiler holds them against Kysely's types, a test against what the migrations made. */
import type { SelectType } from 'kysely';
import type { Tables } from '../tables.ts';

/** PostgreSQL's names of the types that are read as what Kysely says. */
type Kind<Value> = [Value] extends [Date]
  ? 'timestamp with time zone'
  : [Value] extends [Buffer]
    ? 'bytea'
    : [Value] extends [boolean]
      ? 'boolean'
      : [Value] extends [number]
        ? 'integer' | 'smallint' | 'bigint' | 'double precision'
        : [Value] extends [string[]]
          ? 'text[]'
          : [Value] extends [string]
            ? 'text' | 'uuid'
            : 'jsonb';
/** With a question mark where it may be null. */
type Column<Value> = null extends Value ? `${Kind<NonNullable<Value>>}?` : Kind<Value>;
type Kinds = {
  [Table in keyof Tables]: { [Name in keyof Tables[Table]]: Column<SelectType<Tables[Table][Name]>> };
};

export const tableColumns: Kinds = {
  failures: {
    subject: 'text',
    count: 'integer',
    first_at: 'timestamp with time zone',
    locked_until: 'timestamp with time zone?',
  },
  jobs: {
    id: 'uuid',
    kind: 'text',
    lap_id: 'uuid?',
    attempts: 'integer',
    created_at: 'timestamp with time zone',
    run_after: 'timestamp with time zone',
    leased_until: 'timestamp with time zone?',
    failed: 'boolean',
    problem: 'text?',
  },
  lap_files: {
    lap_id: 'uuid',
    sha256: 'text',
    data: 'bytea',
  },
  lap_metrics: {
    lap_id: 'uuid',
    analysis_version: 'integer',
    document: 'jsonb',
  },
  laps: {
    id: 'uuid',
    owner_id: 'uuid',
    session_id: 'uuid',
    client_id: 'text',
    upload_sha256: 'bytea',
    track_key: 'text',
    car_key: 'text',
    stint: 'integer',
    lap: 'integer',
    start_sample: 'bigint',
    end_sample: 'bigint',
    lap_time_s: 'double precision?',
    time_source: 'text',
    official_lap_time_s: 'double precision?',
    own_lap_time_s: 'double precision?',
    complete: 'boolean',
    valid: 'boolean',
    reference_grade: 'boolean',
    assisted: 'boolean?',
    wet: 'boolean?',
    reasons: 'text[]',
    analysis_version: 'integer',
    lap_file_sha256: 'text?',
    lap_file_bytes: 'integer?',
    uploaded_at: 'timestamp with time zone',
    build: 'text',
  },
  links: {
    id: 'uuid',
    kind: 'text',
    secret_sha256: 'bytea',
    user_id: 'uuid?',
    team_id: 'uuid?',
    role: 'text?',
    created_by: 'uuid?',
    created_at: 'timestamp with time zone',
    expires_at: 'timestamp with time zone',
    used_at: 'timestamp with time zone?',
  },
  pairings: {
    id: 'uuid',
    device_code_sha256: 'bytea',
    user_code: 'text',
    device_name: 'text',
    scopes: 'text[]',
    state: 'text',
    user_id: 'uuid?',
    interval_s: 'integer',
    polled_at: 'timestamp with time zone?',
    created_at: 'timestamp with time zone',
    expires_at: 'timestamp with time zone',
  },
  reference_files: {
    reference_id: 'uuid',
    data: 'bytea',
  },
  reference_laps: {
    id: 'uuid',
    owner_id: 'uuid',
    team_id: 'uuid?',
    visibility: 'text',
    from_lap_id: 'uuid?',
    track_key: 'text',
    car_key: 'text',
    track_name: 'text',
    track_config: 'text',
    car_name: 'text',
    label: 'text',
    note: 'text',
    wet: 'boolean',
    assisted: 'boolean?',
    lap_time_s: 'double precision',
    time_source: 'text',
    sha256: 'text',
    bytes: 'integer',
    rating_sum: 'integer',
    rating_count: 'integer',
    rating_mean: 'double precision',
    shared_at: 'timestamp with time zone',
    updated_at: 'timestamp with time zone',
    build: 'text',
    driven_at: 'timestamp with time zone',
  },
  reference_ratings: {
    reference_id: 'uuid',
    user_id: 'uuid',
    stars: 'smallint',
  },
  reference_reports: {
    id: 'uuid',
    reference_id: 'uuid',
    user_id: 'uuid',
    reason: 'text',
    reported_at: 'timestamp with time zone',
  },
  removed_laps: {
    owner_id: 'uuid',
    client_id: 'text',
  },
  server_identity: {
    only_one: 'boolean',
    id: 'uuid',
  },
  sessions: {
    id: 'uuid',
    owner_id: 'uuid',
    client_id: 'text',
    visibility: 'text',
    source: 'text',
    source_name: 'text',
    sim: 'text',
    track_key: 'text',
    car_key: 'text',
    track_name: 'text',
    track_config: 'text',
    track_length_m: 'double precision?',
    car_name: 'text',
    sample_rate_hz: 'double precision',
    date: 'text',
    own: 'boolean',
    started_at: 'timestamp with time zone',
    created_at: 'timestamp with time zone',
    laps: 'integer',
    complete_laps: 'integer',
    best_lap_time_s: 'double precision?',
    build: 'text',
  },
  team_members: {
    team_id: 'uuid',
    user_id: 'uuid',
    role: 'text',
    shares_sessions: 'boolean',
    joined_at: 'timestamp with time zone',
  },
  teams: {
    id: 'uuid',
    name: 'text',
    created_at: 'timestamp with time zone',
  },
  tokens: {
    id: 'uuid',
    user_id: 'uuid',
    kind: 'text',
    name: 'text',
    prefix: 'text',
    secret_sha256: 'bytea',
    scopes: 'text[]',
    created_at: 'timestamp with time zone',
    last_used_at: 'timestamp with time zone?',
    expires_at: 'timestamp with time zone?',
  },
  usage: {
    user_id: 'uuid',
    laps: 'integer',
    lap_file_bytes: 'bigint',
  },
  users: {
    id: 'uuid',
    email: 'text',
    name: 'text',
    role: 'text',
    password_hash: 'text',
    disabled: 'boolean',
    created_at: 'timestamp with time zone',
    last_seen_at: 'timestamp with time zone?',
  },
};
