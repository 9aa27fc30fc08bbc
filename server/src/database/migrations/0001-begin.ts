/**
 * The first tables. Written for PostgreSQL 15, which is the oldest of the homes; PGlite runs the same text. Ids come from the application: uuidv7() is
 * not in PostgreSQL before 18. Secrets are stored as SHA-256, passwords as argon2id.
 *
 * Row-level security is the second wall behind the repositories: whoever reads or writes for a viewer does it as the role `racing_coach_viewer`
 * with `racing_coach.viewer_id` set, and sees what the policies let through. Sign-in, jobs and migrations run as the connection's own role.
 */
export const sql = `
CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'user')),
  password_hash text NOT NULL,
  disabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz
);

CREATE TABLE teams (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE team_members (
  team_id uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'coach', 'driver')),
  shares_sessions boolean NOT NULL,
  joined_at timestamptz NOT NULL,
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_by_user ON team_members (user_id, team_id);

-- One-time links: sign up, set a new password, join a team.
CREATE TABLE links (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('sign-up', 'reset', 'team')),
  secret_sha256 bytea NOT NULL UNIQUE,
  user_id uuid REFERENCES users (id) ON DELETE CASCADE,
  team_id uuid REFERENCES teams (id) ON DELETE CASCADE,
  role text,
  created_by uuid REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX links_by_team ON links (team_id, id) WHERE used_at IS NULL;
CREATE INDEX links_by_age ON links (expires_at);

CREATE TABLE tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('session', 'device', 'personal')),
  name text NOT NULL,
  prefix text NOT NULL,
  secret_sha256 bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  expires_at timestamptz
);
CREATE INDEX tokens_by_user ON tokens (user_id, id);
CREATE INDEX tokens_by_age ON tokens (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE pairings (
  id uuid PRIMARY KEY,
  device_code_sha256 bytea NOT NULL UNIQUE,
  user_code text NOT NULL UNIQUE,
  device_name text NOT NULL,
  scopes text[] NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'approved', 'declined', 'used')),
  user_id uuid REFERENCES users (id) ON DELETE CASCADE,
  interval_s integer NOT NULL,
  polled_at timestamptz,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX pairings_by_age ON pairings (expires_at);

-- Failed attempts by account and by address, so that every replica counts the same.
CREATE TABLE failures (
  subject text PRIMARY KEY,
  count integer NOT NULL,
  first_at timestamptz NOT NULL,
  locked_until timestamptz
);
CREATE INDEX failures_by_age ON failures (first_at);

-- One row, made when it is asked for first (a database may begin from a dump that others begin from too): by it engines notice one that began
-- anew, which lacks what they sent.
CREATE TABLE server_identity (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  id uuid NOT NULL
);

CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  client_id text NOT NULL,
  visibility text NOT NULL CHECK (visibility IN ('private', 'team')),
  source text NOT NULL,
  source_name text NOT NULL,
  sim text NOT NULL,
  track_key text NOT NULL,
  car_key text NOT NULL,
  track_name text NOT NULL,
  track_config text NOT NULL,
  track_length_m double precision,
  car_name text NOT NULL,
  -- Of the sim: a new build may make cars faster. Empty where it is not known.
  build text NOT NULL DEFAULT '',
  sample_rate_hz double precision NOT NULL,
  date text NOT NULL,
  own boolean NOT NULL,
  started_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  -- Kept with each lap, so that lists need no counting.
  laps integer NOT NULL DEFAULT 0,
  complete_laps integer NOT NULL DEFAULT 0,
  best_lap_time_s double precision,
  UNIQUE (owner_id, client_id)
);
-- Lists go through the owners that a viewer may see, so every index begins with one.
CREATE INDEX sessions_by_owner ON sessions (owner_id, started_at DESC, id DESC);
CREATE INDEX sessions_by_track ON sessions (owner_id, track_key, car_key, started_at DESC, id DESC);

CREATE TABLE laps (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  client_id text NOT NULL,
  -- Of the claim and the file together: the same lap sent twice is the same answer.
  upload_sha256 bytea NOT NULL,
  track_key text NOT NULL,
  car_key text NOT NULL,
  stint integer NOT NULL,
  lap integer NOT NULL,
  start_sample bigint NOT NULL,
  end_sample bigint NOT NULL,
  lap_time_s double precision,
  time_source text NOT NULL CHECK (time_source IN ('official', 'interpolated')),
  official_lap_time_s double precision,
  own_lap_time_s double precision,
  complete boolean NOT NULL,
  valid boolean NOT NULL,
  reference_grade boolean NOT NULL,
  assisted boolean,
  wet boolean,
  build text NOT NULL DEFAULT '',
  reasons text[] NOT NULL,
  analysis_version integer NOT NULL,
  lap_file_sha256 text,
  lap_file_bytes integer,
  uploaded_at timestamptz NOT NULL,
  UNIQUE (owner_id, client_id)
);
CREATE INDEX laps_by_session ON laps (session_id, start_sample, id);
CREATE INDEX laps_by_owner ON laps (owner_id, id DESC);
CREATE INDEX laps_by_time ON laps (owner_id, track_key, car_key, lap_time_s, id) WHERE lap_time_s IS NOT NULL;

-- What each account keeps here, so that a quota needs no counting.
CREATE TABLE usage (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  laps integer NOT NULL DEFAULT 0,
  lap_file_bytes bigint NOT NULL DEFAULT 0
);

-- Laps that their owner deleted here, by the engine's id: engines are told, and do not send them again.
CREATE TABLE removed_laps (
  owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  client_id text NOT NULL,
  PRIMARY KEY (owner_id, client_id)
);

-- Counts follow the laps whoever adds or removes them, cascades included.
CREATE FUNCTION count_lap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO usage (user_id, laps, lap_file_bytes) VALUES (NEW.owner_id, 1, coalesce(NEW.lap_file_bytes, 0))
      ON CONFLICT (user_id) DO UPDATE SET laps = usage.laps + 1, lap_file_bytes = usage.lap_file_bytes + EXCLUDED.lap_file_bytes;
    UPDATE sessions SET laps = laps + 1, complete_laps = complete_laps + NEW.complete::int,
        best_lap_time_s = CASE WHEN NEW.complete AND NEW.valid THEN least(best_lap_time_s, NEW.lap_time_s) ELSE best_lap_time_s END
      WHERE id = NEW.session_id;
    DELETE FROM removed_laps WHERE owner_id = NEW.owner_id AND client_id = NEW.client_id;
  ELSE
    INSERT INTO removed_laps (owner_id, client_id) SELECT id, OLD.client_id FROM users WHERE id = OLD.owner_id ON CONFLICT DO NOTHING;
    UPDATE usage SET laps = laps - 1, lap_file_bytes = lap_file_bytes - coalesce(OLD.lap_file_bytes, 0) WHERE user_id = OLD.owner_id;
    UPDATE sessions SET laps = laps - 1, complete_laps = complete_laps - OLD.complete::int,
        best_lap_time_s = (SELECT min(lap_time_s) FROM laps WHERE session_id = OLD.session_id AND complete AND valid)
      WHERE id = OLD.session_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER laps_counted AFTER INSERT OR DELETE ON laps FOR EACH ROW EXECUTE FUNCTION count_lap();

-- The lap file as the engine made it: upload, storage and export in one. Already compressed, so it is neither packed nor cut again.
CREATE TABLE lap_files (
  lap_id uuid PRIMARY KEY REFERENCES laps (id) ON DELETE CASCADE,
  sha256 text NOT NULL,
  data bytea NOT NULL
);
ALTER TABLE lap_files ALTER COLUMN data SET STORAGE EXTERNAL;

-- What the core says of a lap; made again when its version is another.
CREATE TABLE lap_metrics (
  lap_id uuid PRIMARY KEY REFERENCES laps (id) ON DELETE CASCADE,
  analysis_version integer NOT NULL,
  document jsonb NOT NULL
);

CREATE TABLE reference_laps (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  team_id uuid REFERENCES teams (id) ON DELETE CASCADE,
  visibility text NOT NULL CHECK (visibility IN ('private', 'team', 'public')),
  from_lap_id uuid REFERENCES laps (id) ON DELETE SET NULL,
  track_key text NOT NULL,
  car_key text NOT NULL,
  track_name text NOT NULL,
  track_config text NOT NULL,
  car_name text NOT NULL,
  label text NOT NULL,
  note text NOT NULL,
  wet boolean NOT NULL,
  assisted boolean,
  lap_time_s double precision NOT NULL,
  time_source text NOT NULL,
  build text NOT NULL DEFAULT '',
  driven_at timestamptz NOT NULL,
  sha256 text NOT NULL,
  bytes integer NOT NULL,
  rating_sum integer NOT NULL DEFAULT 0,
  rating_count integer NOT NULL DEFAULT 0,
  rating_mean double precision GENERATED ALWAYS AS
    (CASE WHEN rating_count = 0 THEN 0 ELSE rating_sum::double precision / rating_count END) STORED NOT NULL,
  shared_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((visibility = 'team') = (team_id IS NOT NULL))
);
CREATE INDEX reference_laps_by_time ON reference_laps (track_key, car_key, lap_time_s, id);
CREATE INDEX reference_laps_by_rating ON reference_laps (track_key, car_key, rating_mean DESC, id DESC);
CREATE INDEX reference_laps_by_owner ON reference_laps (owner_id, id DESC);

CREATE TABLE reference_files (
  reference_id uuid PRIMARY KEY REFERENCES reference_laps (id) ON DELETE CASCADE,
  data bytea NOT NULL
);
ALTER TABLE reference_files ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE reference_ratings (
  reference_id uuid NOT NULL REFERENCES reference_laps (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
  PRIMARY KEY (reference_id, user_id)
);
CREATE INDEX reference_ratings_by_user ON reference_ratings (user_id);

CREATE FUNCTION count_rating() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE reference_laps SET (rating_sum, rating_count) =
      (SELECT coalesce(sum(stars), 0), count(*) FROM reference_ratings WHERE reference_id = coalesce(NEW.reference_id, OLD.reference_id))
    WHERE id = coalesce(NEW.reference_id, OLD.reference_id);
  RETURN NULL;
END $$;
CREATE TRIGGER ratings_counted AFTER INSERT OR UPDATE OR DELETE ON reference_ratings FOR EACH ROW EXECUTE FUNCTION count_rating();

CREATE TABLE reference_reports (
  id uuid PRIMARY KEY,
  reference_id uuid NOT NULL REFERENCES reference_laps (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  reason text NOT NULL,
  reported_at timestamptz NOT NULL,
  UNIQUE (reference_id, user_id)
);

-- Work that may be done later, by any replica: taken with SKIP LOCKED, held on a lease.
CREATE TABLE jobs (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  lap_id uuid REFERENCES laps (id) ON DELETE CASCADE,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  run_after timestamptz NOT NULL,
  leased_until timestamptz,
  failed boolean NOT NULL DEFAULT false,
  problem text,
  UNIQUE (kind, lap_id)
);
CREATE INDEX jobs_waiting ON jobs (kind, run_after, id) WHERE NOT failed;
CREATE INDEX jobs_by_lap ON jobs (lap_id);

-- The second wall. A role belongs to the whole cluster, so it may be there already.
DO $$ BEGIN
  CREATE ROLE racing_coach_viewer NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
-- Who may do everything needs no membership, and two databases of a cluster would get in each other's way. Where the role was made by
-- somebody else, he has to grant it.
DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER) THEN
    GRANT racing_coach_viewer TO CURRENT_USER;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  IF NOT pg_has_role(CURRENT_USER, 'racing_coach_viewer', 'MEMBER') THEN RAISE; END IF;
END $$;

CREATE FUNCTION viewer_id() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('racing_coach.viewer_id', true), '')::uuid $$;
-- Whose sessions the viewer sees: those of members who share with a team that he is in. Definer, because the policies of
-- team_members would ask themselves.
CREATE FUNCTION viewer_teams() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT team_id FROM team_members WHERE user_id = viewer_id() $$;
CREATE FUNCTION viewer_drivers() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT DISTINCT theirs.user_id FROM team_members mine JOIN team_members theirs USING (team_id)
     WHERE mine.user_id = viewer_id() AND theirs.shares_sessions $$;
CREATE FUNCTION viewer_drivers_of(team uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
  $$ SELECT theirs.user_id FROM team_members mine JOIN team_members theirs USING (team_id)
     WHERE mine.user_id = viewer_id() AND mine.team_id = team AND theirs.shares_sessions $$;
-- Everybody of whom the viewer may see something. Compared as an array, it is a condition for the indexes by owner: who sees little reads little.
CREATE FUNCTION viewer_owners() RETURNS uuid[] LANGUAGE sql STABLE AS
  $$ SELECT ARRAY(SELECT viewer_id() UNION SELECT viewer_drivers()) $$;

ALTER TABLE removed_laps ENABLE ROW LEVEL SECURITY;
CREATE POLICY removed_laps_own ON removed_laps FOR SELECT TO racing_coach_viewer USING (owner_id = viewer_id());

ALTER TABLE usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY usage_own ON usage FOR SELECT TO racing_coach_viewer USING (user_id = viewer_id());

-- One policy for reading each table: a second one would be joined by OR, which no index answers.
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY sessions_seen ON sessions FOR SELECT TO racing_coach_viewer USING
  (owner_id = ANY ((SELECT viewer_owners())::uuid[]) AND (owner_id = viewer_id() OR visibility = 'team'));
CREATE POLICY sessions_made ON sessions FOR INSERT TO racing_coach_viewer WITH CHECK (owner_id = viewer_id());
CREATE POLICY sessions_changed ON sessions FOR UPDATE TO racing_coach_viewer
  USING (owner_id = viewer_id()) WITH CHECK (owner_id = viewer_id());
CREATE POLICY sessions_deleted ON sessions FOR DELETE TO racing_coach_viewer USING (owner_id = viewer_id());

ALTER TABLE laps ENABLE ROW LEVEL SECURITY;
CREATE POLICY laps_seen ON laps FOR SELECT TO racing_coach_viewer USING
  (owner_id = ANY ((SELECT viewer_owners())::uuid[])
    AND (owner_id = viewer_id() OR EXISTS (SELECT FROM sessions WHERE sessions.id = laps.session_id)));
CREATE POLICY laps_made ON laps FOR INSERT TO racing_coach_viewer WITH CHECK
  (owner_id = viewer_id() AND EXISTS
    (SELECT FROM sessions WHERE sessions.id = laps.session_id AND sessions.owner_id = viewer_id()));
CREATE POLICY laps_changed ON laps FOR UPDATE TO racing_coach_viewer
  USING (owner_id = viewer_id())
  WITH CHECK (owner_id = viewer_id() AND EXISTS
    (SELECT FROM sessions WHERE sessions.id = laps.session_id AND sessions.owner_id = viewer_id()));
CREATE POLICY laps_deleted ON laps FOR DELETE TO racing_coach_viewer USING (owner_id = viewer_id());

ALTER TABLE lap_files ENABLE ROW LEVEL SECURITY;
CREATE POLICY lap_files_seen ON lap_files FOR SELECT TO racing_coach_viewer USING
  (EXISTS (SELECT FROM laps WHERE laps.id = lap_files.lap_id));
CREATE POLICY lap_files_own ON lap_files FOR INSERT TO racing_coach_viewer WITH CHECK
  (EXISTS (SELECT FROM laps WHERE laps.id = lap_files.lap_id AND laps.owner_id = viewer_id()));

ALTER TABLE lap_metrics ENABLE ROW LEVEL SECURITY;
CREATE POLICY lap_metrics_seen ON lap_metrics FOR SELECT TO racing_coach_viewer USING
  (EXISTS (SELECT FROM laps WHERE laps.id = lap_metrics.lap_id));
-- Whoever sees a lap may have its metrics made again by the server; they come from the file alone.
CREATE POLICY lap_metrics_made ON lap_metrics FOR INSERT TO racing_coach_viewer WITH CHECK
  (EXISTS (SELECT FROM laps WHERE laps.id = lap_metrics.lap_id));
CREATE POLICY lap_metrics_remade ON lap_metrics FOR UPDATE TO racing_coach_viewer USING
  (EXISTS (SELECT FROM laps WHERE laps.id = lap_metrics.lap_id));

ALTER TABLE reference_laps ENABLE ROW LEVEL SECURITY;
CREATE POLICY reference_laps_seen ON reference_laps FOR SELECT TO racing_coach_viewer USING
  (visibility = 'public' OR owner_id = viewer_id() OR (visibility = 'team' AND team_id IN (SELECT viewer_teams())));
CREATE POLICY reference_laps_own ON reference_laps FOR ALL TO racing_coach_viewer
  USING (owner_id = viewer_id())
  WITH CHECK (owner_id = viewer_id() AND (team_id IS NULL OR team_id IN (SELECT viewer_teams()))
    AND (from_lap_id IS NULL OR EXISTS (SELECT FROM laps WHERE laps.id = from_lap_id AND laps.owner_id = viewer_id())));

ALTER TABLE reference_files ENABLE ROW LEVEL SECURITY;
CREATE POLICY reference_files_seen ON reference_files FOR SELECT TO racing_coach_viewer USING
  (EXISTS (SELECT FROM reference_laps WHERE reference_laps.id = reference_files.reference_id));
CREATE POLICY reference_files_own ON reference_files FOR INSERT TO racing_coach_viewer WITH CHECK
  (EXISTS (SELECT FROM reference_laps WHERE reference_laps.id = reference_files.reference_id AND owner_id = viewer_id()));

ALTER TABLE reference_ratings ENABLE ROW LEVEL SECURITY;
CREATE POLICY reference_ratings_own ON reference_ratings FOR ALL TO racing_coach_viewer
  USING (user_id = viewer_id())
  WITH CHECK (user_id = viewer_id() AND EXISTS (SELECT FROM reference_laps WHERE reference_laps.id = reference_id));

ALTER TABLE reference_reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY reference_reports_own ON reference_reports FOR ALL TO racing_coach_viewer
  USING (user_id = viewer_id())
  WITH CHECK (user_id = viewer_id() AND EXISTS (SELECT FROM reference_laps WHERE reference_laps.id = reference_id));

-- A viewer may ask for work on his own laps; what waits is for the server alone to see.
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs_asked ON jobs FOR INSERT TO racing_coach_viewer WITH CHECK
  (EXISTS (SELECT FROM laps WHERE laps.id = jobs.lap_id AND laps.owner_id = viewer_id()));

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, laps TO racing_coach_viewer;
GRANT SELECT, INSERT ON lap_files, reference_files TO racing_coach_viewer;
GRANT SELECT, INSERT, UPDATE ON lap_metrics TO racing_coach_viewer;
GRANT SELECT, INSERT, UPDATE, DELETE ON reference_laps, reference_ratings, reference_reports TO racing_coach_viewer;
GRANT INSERT ON jobs TO racing_coach_viewer;
GRANT SELECT ON usage, removed_laps TO racing_coach_viewer;
-- Names of those whose laps are seen; never their addresses or hashes.
GRANT SELECT (id, name) ON users TO racing_coach_viewer;
`;
