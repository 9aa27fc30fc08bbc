/**
 * Whose laps a viewer sees: all of his own, and of those who share with a team of his what is not private. Lists go from these drivers, few as they are,
 * to each one's newest or fastest by an index of his: what everybody else stored costs a page nothing. The policies of the database say the same
 * again.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Viewer, Work } from '../database/database.ts';

export interface DriverFilter {
  ownerId?: string | undefined;
  /** Drivers who share with this team, and of them what the team sees: of the viewer as well. Nobody when he is not in it. */
  teamId?: string | undefined;
}

export interface SeenDriver {
  owner_id: string;
  /** Also what is private. */
  everything: boolean;
}

function driversOf({ userId }: Viewer, teamId: string | undefined): RawBuilder<SeenDriver> {
  if (teamId !== undefined)
    return sql`SELECT driver AS owner_id, false AS everything FROM viewer_drivers_of(${teamId}::uuid) AS driver`;
  return sql`
    SELECT ${userId}::uuid AS owner_id, true AS everything
    UNION ALL SELECT driver, false FROM viewer_drivers() AS driver WHERE driver <> ${userId}::uuid`;
}

/** A table to select from, named `seen`. */
export function seenDrivers(viewer: Viewer, { ownerId, teamId }: DriverFilter) {
  const drivers = driversOf(viewer, teamId);
  const rows =
    ownerId === undefined
      ? sql<SeenDriver>`(${drivers})`
      : sql<SeenDriver>`(SELECT * FROM (${drivers}) AS each WHERE owner_id = ${ownerId}::uuid)`;
  return rows.as<'seen'>(sql.ref('seen'));
}

/** The condition on one row of sessions or laps: `owner_id` and `visibility` are those of the innermost table. */
export const isSeenBy = ({ userId }: Viewer): RawBuilder<boolean> =>
  sql`(owner_id = ${userId}::uuid OR (visibility = 'team' AND owner_id IN (SELECT viewer_drivers())))`;

/** Whether the viewer is in a team. */
export async function isInTeam(trx: Work, teamId: string): Promise<boolean> {
  const { rows } = await sql<{ inside: boolean }>`
    SELECT ${teamId}::uuid IN (SELECT viewer_teams()) AS inside`.execute(trx);
  return rows[0]?.inside === true;
}

/** Behind the key of the last row, in a descending list. */
export const isBelow = (columns: string[], key: unknown[]) =>
  sql<boolean>`(${sql.join(columns.map((name) => sql.ref(name)))}) < (${sql.join(key)})`;
/** The same in an ascending list. */
export const isAbove = (columns: string[], key: unknown[]) =>
  sql<boolean>`(${sql.join(columns.map((name) => sql.ref(name)))}) > (${sql.join(key)})`;
