/** Laps: one's own and those of sessions that one sees. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App, Feature } from '../feature.ts';
import { deleteLap } from './delete-lap.ts';
import { fileRoute } from './file-route.ts';
import { metricsRoute } from './metrics-route.ts';
import { findLap, keyOfLap, lapFrom, lapsQuery } from './repository.ts';
import { telemetryRoute } from './telemetry-route.ts';

const reads = { access: { scope: 'laps:read' } } as const;
const changes = { access: { scope: 'account' } } as const;
const inPath = z.object({ lapId: contract.id });
/** Lists by a number have it in their cursor, lists by age do not. */
const cursors = {
  driven: z.tuple([z.number(), contract.id]),
  fastest: z.tuple([z.number(), contract.id]),
  newest: z.tuple([z.null(), contract.id]),
};

export const lapsFeature: Feature = {
  name: 'laps',
  at: 'api',
  routes(app, parts) {
    listRoute(app, parts);
    oneRoute(app, parts);
    deleteRoute(app, parts);
    fileRoute(app, parts);
    telemetryRoute(app, parts);
    metricsRoute(app, parts);
  },
};

function listRoute(app: App, { database }: AppParts): void {
  app.get(
    '/laps',
    {
      config: reads,
      schema: {
        summary: 'Laps that one sees',
        querystring: contract.lapQuery,
        response: { 200: contract.lapPage },
      },
    },
    async (request) => {
      const { after, ...query } = request.query;
      const viewer = viewerOf(request);
      const beyond = readCursor<[number | null, string]>(after, cursors[query.order]);
      const rows = await database.asViewer(viewer, (trx) =>
        lapsQuery(trx, viewer, { ...query, beyond }).execute(),
      );
      return pageFrom(rows, query.limit, (row) => keyOfLap(query.order, row), lapFrom);
    },
  );
}

function oneRoute(app: App, { database }: AppParts): void {
  app.get(
    '/laps/:lapId',
    {
      config: reads,
      schema: { summary: 'One lap', params: inPath, response: { 200: contract.lap } },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const row = await database.asViewer(viewer, (trx) => findLap(trx, viewer, request.params.lapId));
      if (row === undefined) throw new ProblemError('not-found');
      return lapFrom(row);
    },
  );
}

function deleteRoute(app: App, { database, cache, events }: AppParts): void {
  app.delete(
    '/laps/:lapId',
    {
      config: changes,
      schema: {
        summary: 'Remove a lap of one’s own',
        params: inPath,
        response: { 204: z.undefined().describe('Removed') },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { lapId } = request.params;
      const sessionId = await database.asViewer(viewer, (trx) => deleteLap(trx, viewer, lapId));
      if (sessionId === null) throw new ProblemError('not-found');
      await cache.invalidate([`owner:${viewer.userId}`, `lap:${lapId}`]);
      const event = { type: 'session.changed', sessionId } as const;
      await events.publish({ event, ownerId: viewer.userId, to: 'viewers' });
      return reply.code(204).send();
    },
  );
}
