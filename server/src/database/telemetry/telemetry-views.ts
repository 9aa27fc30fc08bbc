/** What belongs to `telemetry_frame`: the viewers' view, and that a deleted lap leaves no rows. */
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
    -- Definer, because viewers delete laps and have no right on the table.
    CREATE OR REPLACE FUNCTION forget_frames() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      DELETE FROM telemetry_frame WHERE lap_id IN (SELECT id FROM forgotten);
      RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER forget_frames AFTER DELETE ON laps
      REFERENCING OLD TABLE AS forgotten FOR EACH STATEMENT EXECUTE FUNCTION forget_frames();`.execute(trx);
}
