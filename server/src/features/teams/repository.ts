/** Teams and who is in them. The role of the viewer is looked up with what he asks for: a team that he is not in does not exist for him. */
import type { TeamRole } from '@racing-coach/contract/server';
import type { Viewer, Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';
import { ProblemError } from '../../problem-error.ts';

export async function insertTeam(trx: Work, viewer: Viewer, name: string, now: Date): Promise<string> {
  const id = newId(now);
  await trx.insertInto('teams').values({ id, name, created_at: now }).execute();
  await trx
    .insertInto('team_members')
    .values({
      team_id: id,
      user_id: viewer.userId,
      role: 'owner',
      shares_sessions: false,
      joined_at: now,
    })
    .execute();
  return id;
}

const teamsOf = (trx: Work, viewer: Viewer) =>
  trx
    .selectFrom('team_members as mine')
    .innerJoin('teams', 'teams.id', 'mine.team_id')
    .select(['teams.id', 'teams.name', 'teams.created_at', 'mine.role', 'mine.shares_sessions'])
    .select((is) =>
      is
        .selectFrom('team_members as all')
        .whereRef('all.team_id', '=', 'teams.id')
        .select((count) => count.fn.countAll<number>().as('members'))
        .as('members'),
    )
    .where('mine.user_id', '=', viewer.userId);

export type TeamRow = Awaited<ReturnType<typeof listTeams>>[number];

export function listTeams(trx: Work, viewer: Viewer, page: { limit: number; before: string | null }) {
  return teamsOf(trx, viewer)
    .$if(page.before !== null, (query) => query.where('mine.team_id', '<', page.before ?? ''))
    .orderBy('mine.team_id', 'desc')
    .limit(page.limit + 1)
    .execute();
}

export const findTeam = (trx: Work, viewer: Viewer, teamId: string): Promise<TeamRow | undefined> =>
  teamsOf(trx, viewer).where('mine.team_id', '=', teamId).executeTakeFirst();

/** The viewer's role. Rejects with `not-found` when he is not in the team, with `not-allowed` when his role is not among `roles`. */
export async function requireRole(
  trx: Work,
  viewer: Viewer,
  teamId: string,
  roles: readonly TeamRole[],
): Promise<TeamRole> {
  const mine = await findMember(trx, teamId, viewer.userId);
  if (mine === undefined) throw new ProblemError('not-found');
  if (!roles.includes(mine.role)) throw new ProblemError('not-allowed');
  return mine.role;
}

const membersOf = (trx: Work, teamId: string) =>
  trx
    .selectFrom('team_members')
    .innerJoin('users', 'users.id', 'team_members.user_id')
    .select(['user_id', 'users.name', 'team_members.role', 'shares_sessions', 'joined_at'])
    .where('team_id', '=', teamId);

export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number];

export function listMembers(trx: Work, teamId: string, page: { limit: number; after: string | null }) {
  return membersOf(trx, teamId)
    .$if(page.after !== null, (query) => query.where('user_id', '>', page.after ?? ''))
    .orderBy('user_id')
    .limit(page.limit + 1)
    .execute();
}

export const findMember = (trx: Work, teamId: string, userId: string): Promise<MemberRow | undefined> =>
  membersOf(trx, teamId).where('user_id', '=', userId).executeTakeFirst();

/** Locks the team, so that two owners who leave at the same time see each other. Rejects with `last-owner`. */
export async function keepAnOwner(trx: Work, teamId: string, leavingId: string): Promise<void> {
  await trx.selectFrom('teams').select('id').where('id', '=', teamId).forUpdate().execute();
  const others = await trx
    .selectFrom('team_members')
    .select('user_id')
    .where('team_id', '=', teamId)
    .where('role', '=', 'owner')
    .where('user_id', '!=', leavingId)
    .limit(1)
    .execute();
  if (others.length === 0) throw new ProblemError('last-owner');
}

export async function changeMember(
  trx: Work,
  teamId: string,
  userId: string,
  change: { role?: TeamRole | undefined; sharesSessions?: boolean | undefined },
): Promise<void> {
  await trx
    .updateTable('team_members')
    .set({
      ...(change.role === undefined ? {} : { role: change.role }),
      ...(change.sharesSessions === undefined ? {} : { shares_sessions: change.sharesSessions }),
    })
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .execute();
}

/** What he shared with this team alone goes back to him: nobody in it sees it any more. */
export async function removeMember(trx: Work, teamId: string, userId: string): Promise<void> {
  await trx
    .updateTable('reference_laps')
    .set({ visibility: 'private', team_id: null })
    .where('team_id', '=', teamId)
    .where('owner_id', '=', userId)
    .execute();
  await trx.deleteFrom('team_members').where('team_id', '=', teamId).where('user_id', '=', userId).execute();
}

/** References of a team's members stay theirs. */
export async function deleteTeam(trx: Work, teamId: string): Promise<void> {
  await trx
    .updateTable('reference_laps')
    .set({ visibility: 'private', team_id: null })
    .where('team_id', '=', teamId)
    .execute();
  await trx.deleteFrom('teams').where('id', '=', teamId).execute();
}

export function listInvitations(
  trx: Work,
  teamId: string,
  page: { limit: number; before: string | null; now: Date },
) {
  return trx
    .selectFrom('links')
    .innerJoin('users', 'users.id', 'links.created_by')
    .select(['links.id', 'links.role', 'users.name', 'links.created_at', 'expires_at'])
    .where('team_id', '=', teamId)
    .where('kind', '=', 'team')
    .where('used_at', 'is', null)
    .where('expires_at', '>', page.now)
    .$if(page.before !== null, (query) => query.where('links.id', '<', page.before ?? ''))
    .orderBy('links.id', 'desc')
    .limit(page.limit + 1)
    .execute();
}

/** Whether there was one of these roles. */
export async function deleteInvitation(
  trx: Work,
  teamId: string,
  id: string,
  roles: readonly TeamRole[],
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('links')
    .where('id', '=', id)
    .where('team_id', '=', teamId)
    .where('kind', '=', 'team')
    .where('role', 'in', roles)
    .returning('id')
    .execute();
  return gone.length > 0;
}
