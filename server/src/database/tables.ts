/** The tables as Kysely types them; a test holds them against what the migrations made. */
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';

type Role = 'admin' | 'user';

export interface Tables {
  users: {
    id: string;
    email: string;
    name: string;
    role: Role;
    password_hash: string;
    disabled: Generated<boolean>;
    created_at: Date;
    last_seen_at: Date | null;
  };
  teams: { id: string; name: string; created_at: Date };
  team_members: {
    team_id: string;
    user_id: string;
    role: 'owner' | 'coach' | 'driver';
    shares_sessions: boolean;
    joined_at: Date;
  };
  links: {
    id: string;
    kind: 'sign-up' | 'reset' | 'team';
    secret_sha256: Buffer;
    user_id: string | null;
    team_id: string | null;
    role: string | null;
    created_by: string | null;
    created_at: Date;
    expires_at: Date;
    used_at: Date | null;
  };
  tokens: {
    id: string;
    user_id: string;
    kind: 'session' | 'device' | 'personal';
    name: string;
    prefix: string;
    secret_sha256: Buffer;
    scopes: string[];
    created_at: Date;
    last_used_at: Date | null;
    expires_at: Date | null;
  };
  pairings: {
    id: string;
    device_code_sha256: Buffer;
    user_code: string;
    device_name: string;
    scopes: string[];
    state: 'waiting' | 'approved' | 'declined' | 'used';
    user_id: string | null;
    interval_s: number;
    polled_at: Date | null;
    created_at: Date;
    expires_at: Date;
  };
  failures: { subject: string; count: number; first_at: Date; locked_until: Date | null };
  server_identity: { only_one: Generated<boolean>; id: string };
  sessions: {
    id: string;
    owner_id: string;
    client_id: string;
    visibility: 'private' | 'team';
    source: string;
    source_name: string;
    sim: string;
    track_key: string;
    car_key: string;
    track_name: string;
    track_config: string;
    track_length_m: number | null;
    car_name: string;
    build: Generated<string>;
    sample_rate_hz: number;
    date: string;
    own: boolean;
    started_at: Date;
    created_at: Date;
    laps: Generated<number>;
    complete_laps: Generated<number>;
    best_lap_time_s: number | null;
  };
  laps: {
    id: string;
    owner_id: string;
    session_id: string;
    client_id: string;
    upload_sha256: Buffer;
    track_key: string;
    car_key: string;
    stint: number;
    lap: number;
    /** Both drivers give numbers: the values stay below 2^53. */
    start_sample: number;
    end_sample: number;
    lap_time_s: number | null;
    time_source: 'official' | 'interpolated';
    official_lap_time_s: number | null;
    own_lap_time_s: number | null;
    complete: boolean;
    valid: boolean;
    reference_grade: boolean;
    assisted: boolean | null;
    wet: boolean | null;
    build: Generated<string>;
    reasons: string[];
    analysis_version: number;
    lap_file_sha256: string | null;
    lap_file_bytes: number | null;
    uploaded_at: Date;
  };
  removed_laps: { owner_id: string; client_id: string };
  usage: { user_id: string; laps: Generated<number>; lap_file_bytes: Generated<number> };
  lap_files: { lap_id: string; sha256: string; data: Buffer };
  lap_metrics: {
    lap_id: string;
    analysis_version: number;
    document: JSONColumnType<Record<string, unknown>>;
  };
  reference_laps: {
    id: string;
    owner_id: string;
    team_id: string | null;
    visibility: 'private' | 'team' | 'public';
    from_lap_id: string | null;
    track_key: string;
    car_key: string;
    track_name: string;
    track_config: string;
    car_name: string;
    label: string;
    note: string;
    wet: boolean;
    assisted: boolean | null;
    lap_time_s: number;
    time_source: 'official' | 'interpolated';
    build: Generated<string>;
    driven_at: Date;
    sha256: string;
    bytes: number;
    rating_sum: Generated<number>;
    rating_count: Generated<number>;
    rating_mean: GeneratedAlways<number>;
    shared_at: Date;
    updated_at: Date;
  };
  reference_files: { reference_id: string; data: Buffer };
  reference_ratings: { reference_id: string; user_id: string; stars: number };
  reference_reports: { id: string; reference_id: string; user_id: string; reason: string; reported_at: Date };
  jobs: {
    id: string;
    kind: string;
    lap_id: string | null;
    attempts: Generated<number>;
    created_at: Date;
    run_after: Date;
    leased_until: Date | null;
    failed: Generated<boolean>;
    problem: string | null;
  };
}
