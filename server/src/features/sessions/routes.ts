/** `/sessions`: what was driven, one's own and what drivers share with one's teams. */
import { changeSession, id, session, sessionPage, sessionQuery } from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { ownerTag } from '../cache-tags.ts';
import { cachedList } from '../cached-list.ts';
import type { Feature } from '../feature.ts';
import { changeVisibility, listSessions, oneSession, removeSession } from './repository.ts';

const params = z.object({ sessionId: id });
const [read, write] = [{ scope: 'laps:read' }, { scope: 'laps:write' }] as const;

export const sessionsFeature: Feature = {
  name: 'sessions',
  at: 'api',
  routes(app, parts) {
    const { database, cache, events } = parts;
    app.get(
      '/sessions',
      {
        config: { access: read },
        schema: { summary: 'Newest first', querystring: sessionQuery, response: { 200: sessionPage } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { query } = request;
        return await database.asViewer(viewer, (trx) =>
          cachedList(parts, { trx, viewer, name: 'sessions', query }, () => listSessions(trx, viewer, query)),
        );
      },
    );
    app.get(
      '/sessions/:sessionId',
      { config: { access: read }, schema: { params, response: { 200: session } } },
      async (request) => {
        const viewer = viewerOf(request);
        return await database.asViewer(viewer, (trx) => oneSession(trx, viewer, request.params.sessionId));
      },
    );
    app.patch(
      '/sessions/:sessionId',
      {
        config: { access: write },
        schema: {
          summary: 'Who sees it',
          params,
          body: changeSession,
          response: { 200: session },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { sessionId } = request.params;
        const changed = await database.asViewer(viewer, async (trx) => {
          await changeVisibility(trx, viewer, sessionId, request.body.visibility);
          return await oneSession(trx, viewer, sessionId);
        });
        await cache.invalidate([ownerTag(viewer.userId)]);
        // For those who no longer see it, it is gone; those who may see it find it when they load it.
        const type = request.body.visibility === 'private' ? 'session.removed' : 'session.changed';
        await events.publish({ event: { type, sessionId }, ownerId: viewer.userId });
        return changed;
      },
    );
    app.delete(
      '/sessions/:sessionId',
      {
        config: { access: write },
        schema: { summary: 'With its laps', params, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { sessionId } = request.params;
        await database.asViewer(viewer, (trx) => removeSession(trx, viewer, sessionId));
        await cache.invalidate([ownerTag(viewer.userId)]);
        await events.publish({ event: { type: 'session.removed', sessionId }, ownerId: viewer.userId });
        return reply.code(204).send(null);
      },
    );
  },
};
