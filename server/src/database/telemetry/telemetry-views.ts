/**
 * What belongs to `telemetry_frame`: the viewers' view, and that a deleted lap leaves no rows. `telemetry_laps` says of which laps there are rows, and
 * when from: a lap that is filled for the first time has nothing to be deleted, and of others only their weeks are looked through.
 */
import { sql } from 'kysely';
import type { Work } from '../database.ts';

export async function makeViews(trx: Work): Promise<void> {
  // Made anew: its columns are the table's.
  await sql`
    DROP VIEW IF EXISTS telemetry_seen;
    CREATE VIEW telemetry_seen WITH (security_barrier) AS
      SELECT * FROM telemetry_frame WHERE lap_id IN (
        SELECT laps.id FROM laps JOIN sessions ON sessions.id = laps.session_id
        WHERE sessions.owner_id = viewer_id()
          OR (sessions.visibility = 'team' AND sessions.owner_id IN (SELECT viewer_drivers())));
    GRANT SELECT ON telemetry_seen TO racing_coach_viewer;
    CREATE TABLE IF NOT EXISTS telemetry_laps (
      lap_id uuid PRIMARY KEY, first_at timestamptz NOT NULL, last_at timestamptz NOT NULL
    );
    -- With literals, so that only the weeks of the lap are planned for.
    CREATE OR REPLACE FUNCTION forget_frames(laps uuid[]) RETURNS void
      LANGUAGE plpgsql SET search_path = public AS $$
    DECLARE lap record;
    BEGIN
      FOR lap IN DELETE FROM telemetry_laps WHERE lap_id = ANY (laps) RETURNING * LOOP
        EXECUTE format('DELETE FROM telemetry_frame WHERE lap_id = %L AND time BETWEEN %L AND %L',
          lap.lap_id, lap.first_at, lap.last_at);
      END LOOP;
    END $$;
    REVOKE ALL ON FUNCTION forget_frames(uuid[]) FROM PUBLIC;
    -- False when the lap has been deleted. Until the end of the transaction nobody else fills it, and nobody deletes it, which would leave
    -- its rows behind.
    CREATE OR REPLACE FUNCTION begin_frames(filled uuid, first timestamptz, last timestamptz) RETURNS boolean
      LANGUAGE plpgsql SET search_path = public AS $$
    BEGIN
      PERFORM FROM laps WHERE id = filled FOR NO KEY UPDATE;
      IF NOT FOUND THEN RETURN false; END IF;
      PERFORM forget_frames(ARRAY[filled]);
      INSERT INTO telemetry_laps (lap_id, first_at, last_at) VALUES (filled, first, last);
      RETURN true;
    END $$;
    REVOKE ALL ON FUNCTION begin_frames(uuid, timestamptz, timestamptz) FROM PUBLIC;
    -- Definer, because viewers delete laps and have no right on the table.
    CREATE OR REPLACE FUNCTION forget_deleted_laps() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      PERFORM forget_frames(ARRAY(SELECT id FROM forgotten));
      RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER forget_deleted_laps AFTER DELETE ON laps
      REFERENCING OLD TABLE AS forgotten FOR EACH STATEMENT EXECUTE FUNCTION forget_deleted_laps();`.execute(
    trx,
  );
}
