/** Invitations: links that bring one person into a team. Owners invite anyone, coaches invite drivers. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { linkUrl, makeLink, useLink } from '../../identity/links.ts';
import { ownOrigin } from '../../identity/origin.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { joinTeam } from '../auth/repository.ts';
import type { App } from '../feature.ts';
import { deleteInvitation, findTeam, listInvitations, requireRole } from './repository.ts';
import { teamOf } from './team-of.ts';

const config = { access: { scope: 'teams' } } as const;
const teamInPath = z.object({ teamId: contract.id });
const inviters: contract.TeamRole[] = ['owner', 'coach'];
/** Whom a role may invite. */
const invited = (role: contract.TeamRole): readonly contract.TeamRole[] =>
  role === 'owner' ? contract.teamRoles : ['driver'];

export function invitationRoutes(app: App, parts: AppParts): void {
  inviteRoute(app, parts);
  listRoute(app, parts);
  withdrawRoute(app, parts);
  joinRoute(app, parts);
}

function inviteRoute(app: App, parts: AppParts): void {
  app.post(
    '/teams/:teamId/invitations',
    {
      config,
      schema: {
        summary: 'Invite somebody with a one-time link; it is shown this once',
        params: teamInPath,
        body: contract.invite,
        response: { 201: contract.invitationMade },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { teamId } = request.params;
      const origin = ownOrigin(parts.config, request);
      if (origin === null) throw new ProblemError('wrong-origin');
      const made = await parts.database.asSystem(async (trx) => {
        const role = await requireRole(trx, viewer, teamId, inviters);
        if (!invited(role).includes(request.body.role)) throw new ProblemError('not-allowed');
        const facts = {
          kind: 'team',
          teamId,
          role: request.body.role,
          createdBy: viewer.userId,
        } as const;
        return makeLink(trx, facts, parts.clock());
      });
      const url = linkUrl(origin, 'team', made.secret);
      return reply.code(201).send({ id: made.id, url, expiresAt: made.expiresAt.toISOString() });
    },
  );
}

function listRoute(app: App, { database, clock }: AppParts): void {
  app.get(
    '/teams/:teamId/invitations',
    {
      config,
      schema: {
        summary: 'Invitations that nobody used yet',
        params: teamInPath,
        querystring: contract.pageQuery,
        response: { 200: contract.invitationPage },
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const page = { limit, before: readCursor(after, contract.id), now: clock() };
      const rows = await database.asSystem(async (trx) => {
        await requireRole(trx, viewerOf(request), request.params.teamId, inviters);
        return listInvitations(trx, request.params.teamId, page);
      });
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          role: contract.teamRole.parse(row.role),
          invitedBy: row.name,
          createdAt: row.created_at.toISOString(),
          expiresAt: row.expires_at.toISOString(),
        }),
      );
    },
  );
}

function withdrawRoute(app: App, { database }: AppParts): void {
  app.delete(
    '/teams/:teamId/invitations/:invitationId',
    {
      config,
      schema: {
        summary: 'Withdraw an invitation',
        params: z.object({ teamId: contract.id, invitationId: contract.id }),
        response: { 204: z.undefined().describe('Withdrawn') },
      },
    },
    async (request, reply) => {
      const { teamId, invitationId } = request.params;
      const gone = await database.asSystem(async (trx) => {
        const role = await requireRole(trx, viewerOf(request), teamId, inviters);
        return deleteInvitation(trx, teamId, invitationId, invited(role));
      });
      if (!gone) throw new ProblemError('not-found');
      return reply.code(204).send();
    },
  );
}

function joinRoute(app: App, { database, clock }: AppParts): void {
  app.post(
    '/teams/join',
    {
      config: { ...config, perMinuteByAddress: 20 },
      schema: {
        summary: 'Join a team by an invitation',
        body: contract.joinTeam,
        response: { 200: contract.team },
      },
    },
    (request) =>
      database.asSystem(async (trx) => {
        const viewer = viewerOf(request);
        const { link: secret, sharesSessions } = request.body;
        const link = await useLink(trx, secret, ['team'], clock());
        if (link === undefined || link.team_id === null) throw new ProblemError('gone');
        // Whoever is in it already keeps his role; the refusal undoes the use of the link.
        if ((await findTeam(trx, viewer, link.team_id)) !== undefined) throw new ProblemError('conflict');
        const member = { teamId: link.team_id, userId: viewer.userId, role: link.role ?? 'driver' };
        await joinTeam(trx, { ...member, sharesSessions }, clock());
        return teamOf(trx, viewer, link.team_id);
      }),
  );
}
