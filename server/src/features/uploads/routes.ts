/** What engines send, by their own ids: sending anything again is the same as sending it once. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App, Feature } from '../feature.ts';
import { knownLaps, putSession } from './repository.ts';
import { takeLap } from './take-lap.ts';

const config = { access: { scope: 'laps:write' } } as const;
const lapFileType = 'application/vnd.apache.parquet';
/** An hour's lap at 60 Hz has about 15 MB. */
const mostLapFileBytes = 32 * 1024 * 1024;
/** 500 ids of 200 characters. */
const mostKnownBytes = 128 * 1024;

export const uploadsFeature: Feature = {
  name: 'uploads',
  at: 'api',
  routes(app, parts) {
    app.addContentTypeParser(
      lapFileType,
      { parseAs: 'buffer', bodyLimit: mostLapFileBytes },
      (_request, body, done) => done(null, body),
    );
    sessionRoute(app, parts);
    lapRoute(app, parts);
    knownRoute(app, parts);
  },
};

function sessionRoute(app: App, { database, cache, events, clock }: AppParts): void {
  app.put(
    '/uploads/sessions/:sessionId',
    {
      config,
      schema: {
        summary: 'Send a session, or send it again',
        params: z.object({ sessionId: contract.clientId }),
        body: contract.sessionUpload,
        response: { 200: contract.sessionStored },
      },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { sessionId: clientId } = request.params;
      const sent = { session: request.body, now: clock() };
      const { id, changed } = await database.asViewer(viewer, (trx) =>
        putSession(trx, viewer, clientId, sent),
      );
      if (changed) {
        await cache.invalidate([`owner:${viewer.userId}`]);
        const event = { type: 'session.changed', sessionId: id } as const;
        await events.publish({ event, ownerId: viewer.userId, to: 'viewers' });
      }
      return { id, clientId };
    },
  );
}

function lapRoute(app: App, parts: AppParts): void {
  app.put(
    '/uploads/laps/:lapId',
    {
      config,
      bodyLimit: mostLapFileBytes,
      schema: {
        summary: 'Send a lap with its lap file, or send it again',
        consumes: [lapFileType],
        params: z.object({ lapId: contract.clientId }),
        headers: z.object({ 'lap-claim': z.string().max(8000) }),
        response: { 200: contract.lapStored },
      },
    },
    async (request) => {
      const { lapId: clientId } = request.params;
      const body = bytesOf(request.body);
      const claimHeader = request.headers['lap-claim'];
      const stored = await takeLap(parts, viewerOf(request), { clientId, claimHeader, body });
      return { id: stored.id, clientId, sha256: stored.lapFileSha256 };
    },
  );
}

function bytesOf(body: unknown): Buffer | null {
  if (body === undefined || body === null || Buffer.isBuffer(body)) return body ?? null;
  throw new ProblemError('wrong-type');
}

function knownRoute(app: App, { database }: AppParts): void {
  app.post(
    '/uploads/known',
    {
      config,
      bodyLimit: mostKnownBytes,
      schema: {
        summary: 'Which of these laps need not be sent',
        body: contract.knownLapsRequest,
        response: { 200: contract.knownLaps },
      },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const laps = await database.asViewer(viewer, (trx) => knownLaps(trx, viewer, request.body.lapIds));
      return { lapIds: laps.map((lap) => lap.clientId), laps };
    },
  );
}
