/** Sessions: one's own and those that drivers of one's teams share. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App, Feature } from '../feature.ts';
import { changeVisibility, deleteSession, findSession, sessionFrom, sessionsQuery } from './repository.ts';
import { tellOfRemoved, tellOfVisibility } from './tell.ts';

const reads = { access: { scope: 'laps:read' } } as const;
/** Of what an engine may, no more than sending. Removing and sharing is for whoever may read it as well. */
const changes = { access: { scope: 'account' } } as const;
const inPath = z.object({ sessionId: contract.id });
const cursor = z.tuple([contract.instant, contract.id]);

export const sessionsFeature: Feature = {
  name: 'sessions',
  at: 'api',
  routes(app, parts) {
    readRoutes(app, parts);
    changeRoute(app, parts);
    deleteRoute(app, parts);
  },
};

function readRoutes(app: App, { database }: AppParts): void {
  app.get(
    '/sessions',
    {
      config: reads,
      schema: {
        summary: 'Sessions that one sees, the newest first',
        querystring: contract.sessionQuery,
        response: { 200: contract.sessionPage },
      },
    },
    async (request) => {
      const { after, ...query } = request.query;
      const viewer = viewerOf(request);
      const below = readCursor(after, cursor);
      const rows = await database.asViewer(viewer, (trx) =>
        sessionsQuery(trx, viewer, { ...query, below }).execute(),
      );
      return pageFrom(rows, query.limit, (row) => [row.started_at.toISOString(), row.id], sessionFrom);
    },
  );
  app.get(
    '/sessions/:sessionId',
    {
      config: reads,
      schema: { summary: 'One session', params: inPath, response: { 200: contract.session } },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { sessionId } = request.params;
      const row = await database.asViewer(viewer, (trx) => findSession(trx, viewer, sessionId));
      if (row === undefined) throw new ProblemError('not-found');
      return sessionFrom(row);
    },
  );
}

function changeRoute(app: App, parts: AppParts): void {
  app.patch(
    '/sessions/:sessionId',
    {
      config: changes,
      schema: {
        summary: 'Show a session of one’s own to one’s teams, or to nobody',
        params: inPath,
        body: contract.changeSession,
        response: { 200: contract.session },
      },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { sessionId } = request.params;
      const { visibility } = request.body;
      const { before, row } = await parts.database.asViewer(viewer, async (trx) => ({
        before: await changeVisibility(trx, viewer, sessionId, visibility),
        row: await findSession(trx, viewer, sessionId),
      }));
      if (before === null || row === undefined) throw new ProblemError('not-found');
      if (before !== visibility) await tellOfVisibility(parts, viewer, { sessionId, visibility });
      return sessionFrom(row);
    },
  );
}

function deleteRoute(app: App, parts: AppParts): void {
  app.delete(
    '/sessions/:sessionId',
    {
      config: changes,
      schema: {
        summary: 'Remove a session of one’s own with its laps',
        params: inPath,
        response: { 204: z.undefined().describe('Removed') },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { sessionId } = request.params;
      const gone = await parts.database.asViewer(viewer, (trx) => deleteSession(trx, viewer, sessionId));
      if (gone === null) throw new ProblemError('not-found');
      await tellOfRemoved(parts, viewer, { sessionId, ...gone });
      return reply.code(204).send();
    },
  );
}
