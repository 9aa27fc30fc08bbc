/**
 * Whose sessions a list goes through: the viewer's own and those of drivers who share with a team that he is in. Each of them is a range of an index,
 * so a page costs the same however much others have stored.
 */
import { sql } from 'kysely';
import type { Viewer, Work } from '../database/database.ts';

export interface OwnerFilter {
  ownerId?: string | undefined;
  teamId?: string | undefined;
}

export async function seenOwners(trx: Work, viewer: Viewer, filter: OwnerFilter): Promise<string[]> {
  const drivers =
    filter.teamId === undefined
      ? sql<{ id: string }>`SELECT viewer_drivers() AS id UNION SELECT ${viewer.userId}::uuid`
      : sql<{ id: string }>`SELECT viewer_drivers_of(${filter.teamId}::uuid) AS id`;
  const { rows } = await drivers.execute(trx);
  const ids = rows.map((row) => row.id);
  return filter.ownerId === undefined ? ids : ids.filter((id) => id === filter.ownerId);
}

/** Whether a row of `sessions` is one that the viewer may see; row-level security asks the same once more. */
export const seenSession = (viewer: Viewer) =>
  sql<boolean>`(sessions.owner_id = ${viewer.userId}::uuid OR (sessions.visibility = 'team' AND sessions.owner_id IN (SELECT viewer_drivers())))`;
