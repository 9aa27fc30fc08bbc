/** Teams: made by anyone, run by their owners. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import type { App, Feature } from '../feature.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { deleteTeam, insertTeam, listTeams, requireRole } from './repository.ts';
import { teamFrom, teamOf } from './team-of.ts';

const config = { access: { scope: 'teams' } } as const;
const teamInPath = z.object({ teamId: contract.id });

export const teamsFeature: Feature = {
  name: 'teams',
  at: 'api',
  routes(app, parts) {
    listRoutes(app, parts);
    changeRoutes(app, parts);
    memberRoutes(app, parts);
    invitationRoutes(app, parts);
  },
};

function listRoutes(app: App, { database, clock }: AppParts): void {
  app.get(
    '/teams',
    {
      config,
      schema: {
        summary: 'Teams that the viewer is in, newest first',
        querystring: contract.pageQuery,
        response: { 200: contract.teamPage },
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const page = { limit, before: readCursor(after, contract.id) };
      const rows = await database.asSystem((trx) => listTeams(trx, viewerOf(request), page));
      return pageFrom(rows, limit, (row) => row.id, teamFrom);
    },
  );
  app.post(
    '/teams',
    {
      config,
      schema: { summary: 'Make a team', body: contract.makeTeam, response: { 201: contract.team } },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const made = await database.asSystem(async (trx) =>
        teamOf(trx, viewer, await insertTeam(trx, viewer, request.body.name, clock())),
      );
      return reply.code(201).send(made);
    },
  );
  app.get(
    '/teams/:teamId',
    { config, schema: { summary: 'A team', params: teamInPath, response: { 200: contract.team } } },
    (request) => database.asSystem((trx) => teamOf(trx, viewerOf(request), request.params.teamId)),
  );
}

function changeRoutes(app: App, { database }: AppParts): void {
  app.patch(
    '/teams/:teamId',
    {
      config,
      schema: {
        summary: 'Name a team',
        params: teamInPath,
        body: contract.changeTeam,
        response: { 200: contract.team },
      },
    },
    (request) =>
      database.asSystem(async (trx) => {
        const { teamId } = request.params;
        await requireRole(trx, viewerOf(request), teamId, ['owner']);
        await trx.updateTable('teams').set({ name: request.body.name }).where('id', '=', teamId).execute();
        return teamOf(trx, viewerOf(request), teamId);
      }),
  );
  app.delete(
    '/teams/:teamId',
    {
      config,
      schema: {
        summary: 'Dissolve a team; what its members own stays theirs',
        params: teamInPath,
        response: { 204: z.undefined().describe('Dissolved') },
      },
    },
    async (request, reply) => {
      await database.asSystem(async (trx) => {
        await requireRole(trx, viewerOf(request), request.params.teamId, ['owner']);
        await deleteTeam(trx, request.params.teamId);
      });
      return reply.code(204).send();
    },
  );
}
