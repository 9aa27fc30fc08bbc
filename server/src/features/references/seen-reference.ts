import { sql } from 'kysely';
import type { Viewer } from '../../database/database.ts';

/** Whether a row of `reference_laps` is one that the viewer may see; row-level security asks the same once more. */
export const seenReference = (viewer: Viewer) =>
  sql<boolean>`(reference_laps.visibility = 'public' OR reference_laps.owner_id = ${viewer.userId}::uuid
    OR (reference_laps.visibility = 'team' AND reference_laps.team_id IN (SELECT viewer_teams())))`;
