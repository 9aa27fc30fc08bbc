/** Everything of an account goes, from every table: what refers to it goes with it, and rows of telemetry with their laps. */
import type { Work } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { ownerTag } from '../cache-tags.ts';

/**
 * Rejects with `last-admin`, or with `last-owner` when a team with other members would be left without one; teams that nobody else is in go as well.
 * Whoever looks at lists is told.
 */
export async function deleteAccount({ database, events, cache }: AppParts, userId: string): Promise<void> {
  const sessionIds = await database.asSystem(async (trx) => {
    await keepAnAdmin(trx, userId);
    await leaveTeams(trx, userId);
    const sessions = await trx.selectFrom('sessions').select('id').where('owner_id', '=', userId).execute();
    await trx.deleteFrom('users').where('id', '=', userId).execute();
    return sessions.map(({ id }) => id);
  });
  await cache.invalidate([ownerTag(userId)]);
  for (const sessionId of sessionIds)
    await events.publish({ event: { type: 'session.removed', sessionId }, ownerId: userId });
}

/** Locks the admins, so that two who go at the same time see each other. */
export async function keepAnAdmin(trx: Work, leavingId: string): Promise<void> {
  const admins = await trx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (admins.length === 1 && admins[0]?.id === leavingId) throw new ProblemError('last-admin');
}

async function leaveTeams(trx: Work, userId: string): Promise<void> {
  const owned = await trx
    .selectFrom('team_members')
    .innerJoin('teams', 'teams.id', 'team_members.team_id')
    .select('teams.id')
    .where('user_id', '=', userId)
    .where('role', '=', 'owner')
    .orderBy('teams.id')
    .forUpdate('teams')
    .execute();
  for (const { id } of owned) {
    const others = await trx
      .selectFrom('team_members')
      .select('role')
      .where('team_id', '=', id)
      .where('user_id', '!=', userId)
      .execute();
    if (others.length === 0) await trx.deleteFrom('teams').where('id', '=', id).execute();
    else if (!others.some(({ role }) => role === 'owner')) throw new ProblemError('last-owner');
  }
}
