import type { Viewer, Work } from '../../database/database.ts';
import { ProblemError } from '../../problem-error.ts';
import { findTeam, type TeamRow } from './repository.ts';

export const teamFrom = (row: TeamRow) => ({
  id: row.id,
  name: row.name,
  role: row.role,
  sharesSessions: row.shares_sessions,
  members: Number(row.members),
  createdAt: row.created_at.toISOString(),
});

/** Rejects with `not-found` when the viewer is not in it. */
export async function teamOf(trx: Work, viewer: Viewer, teamId: string) {
  const row = await findTeam(trx, viewer, teamId);
  if (row === undefined) throw new ProblemError('not-found');
  return teamFrom(row);
}
