/** Members: owners say who does what and who goes; each says for himself what he shares, and may leave. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { Viewer, Work } from '../../database/database.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import {
  changeMember,
  findMember,
  keepAnOwner,
  listMembers,
  type MemberRow,
  removeMember,
  requireRole,
} from './repository.ts';

const config = { access: { scope: 'teams' } } as const;
const teamInPath = z.object({ teamId: contract.id });
const memberInPath = z.object({ teamId: contract.id, userId: contract.id });

const memberFrom = (row: MemberRow) => ({
  userId: row.user_id,
  name: row.name,
  role: row.role,
  sharesSessions: row.shares_sessions,
  joinedAt: row.joined_at.toISOString(),
});

export function memberRoutes(app: App, { database }: AppParts): void {
  app.get(
    '/teams/:teamId/members',
    {
      config,
      schema: {
        summary: 'Who is in a team',
        params: teamInPath,
        querystring: contract.pageQuery,
        response: { 200: contract.memberPage },
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const page = { limit, after: readCursor(after, contract.id) };
      const rows = await database.asSystem(async (trx) => {
        await requireRole(trx, viewerOf(request), request.params.teamId, contract.teamRoles);
        return listMembers(trx, request.params.teamId, page);
      });
      return pageFrom(rows, limit, (row) => row.user_id, memberFrom);
    },
  );
  app.patch(
    '/teams/:teamId/members/:userId',
    {
      config,
      schema: {
        summary: 'Change a role, or what one shares oneself',
        params: memberInPath,
        body: contract.changeMember,
        response: { 200: contract.member },
      },
    },
    (request) => database.asSystem((trx) => change(trx, viewerOf(request), request.params, request.body)),
  );
  app.delete(
    '/teams/:teamId/members/:userId',
    {
      config,
      schema: {
        summary: 'Leave a team, or remove somebody',
        params: memberInPath,
        response: { 204: z.undefined().describe('Not in the team any more') },
      },
    },
    async (request, reply) => {
      await database.asSystem((trx) => remove(trx, viewerOf(request), request.params));
      return reply.code(204).send();
    },
  );
}

type MemberInPath = z.infer<typeof memberInPath>;

/** Rejects with `not-found` when either is not in the team, with `not-allowed` when it is not the viewer's to change. */
async function change(
  trx: Work,
  viewer: Viewer,
  { teamId, userId }: MemberInPath,
  wanted: z.infer<typeof contract.changeMember>,
) {
  const role = await requireRole(trx, viewer, teamId, contract.teamRoles);
  if (wanted.role !== undefined && role !== 'owner') throw new ProblemError('not-allowed');
  if (wanted.sharesSessions !== undefined && userId !== viewer.userId) throw new ProblemError('not-allowed');
  if (wanted.role !== undefined && wanted.role !== 'owner') await keepAnOwner(trx, teamId, userId);
  await changeMember(trx, teamId, userId, wanted);
  const changed = await findMember(trx, teamId, userId);
  if (changed === undefined) throw new ProblemError('not-found');
  return memberFrom(changed);
}

async function remove(trx: Work, viewer: Viewer, { teamId, userId }: MemberInPath): Promise<void> {
  const roles = userId === viewer.userId ? contract.teamRoles : (['owner'] as const);
  await requireRole(trx, viewer, teamId, roles);
  await keepAnOwner(trx, teamId, userId);
  if ((await findMember(trx, teamId, userId)) === undefined) throw new ProblemError('not-found');
  await removeMember(trx, teamId, userId);
}
