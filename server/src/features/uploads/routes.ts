/** `/uploads`: what engines send, under the ids that they gave. */
import {
  clientId,
  knownAnswer,
  knownRequest,
  lapStored,
  sessionStored,
  sessionUpload,
} from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { ProblemError } from '../../problem-error.ts';
import { ownerTag } from '../cache-tags.ts';
import type { App, Feature } from '../feature.ts';
import { longestClaim, readClaim } from './lap-claim.ts';
import { receiveLap } from './receive-lap.ts';
import { knownLaps, removedLaps, saveSession } from './repository.ts';

const access = { scope: 'laps:write' } as const;
/** A lap of an hour takes 36 MB; a lap file is never longer than this. */
const mostLapFileBytes = 64 << 20;
const lapFileType = 'application/vnd.apache.parquet';

export const uploadsFeature: Feature = {
  name: 'uploads',
  at: 'api',
  routes(app, parts) {
    const { database, cache, clock, events } = parts;
    takeLapFiles(app);
    app.put(
      '/uploads/sessions/:sessionId',
      {
        config: { access },
        schema: {
          summary: 'A session as its engine knows it',
          params: z.object({ sessionId: clientId }),
          body: sessionUpload,
          response: { 200: sessionStored },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { sessionId } = request.params;
        const saved = await database.asViewer(viewer, (trx) =>
          saveSession(trx, viewer, sessionId, request.body, clock()),
        );
        await cache.invalidate([ownerTag(viewer.userId)]);
        await events.publish({
          event: { type: 'session.changed', sessionId: saved.id },
          ownerId: viewer.userId,
        });
        return { id: saved.id, clientId: sessionId };
      },
    );
    app.put(
      '/uploads/laps/:lapId',
      {
        config: { access },
        bodyLimit: mostLapFileBytes,
        schema: {
          summary: 'A lap: its file as the body, what is claimed of it in the header lap-claim',
          consumes: [lapFileType],
          params: z.object({ lapId: clientId }),
          headers: z.object({ 'lap-claim': z.string().min(1).max(longestClaim) }),
          response: { 200: lapStored },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { lapId } = request.params;
        const lapFile = bytesOf(request.body);
        const claimed = readClaim(request.headers['lap-claim'], lapFile);
        const stored = await receiveLap(parts, viewer, { ...claimed, clientId: lapId, lapFile });
        if (stored.isNew) {
          await cache.invalidate([ownerTag(viewer.userId)]);
          await events.publish({
            event: { type: 'lap.finished', lapId: stored.id, sessionId: stored.sessionId },
            ownerId: viewer.userId,
          });
        }
        return { id: stored.id, clientId: lapId, sha256: stored.sha256 };
      },
    );
    app.post(
      '/uploads/known',
      {
        config: { access },
        schema: {
          summary: 'Which laps are here',
          body: knownRequest,
          response: { 200: knownAnswer },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { lapIds } = request.body;
        return await database.asViewer(viewer, async (trx) => ({
          laps: await knownLaps(trx, viewer, lapIds),
          removed: await removedLaps(trx, viewer, lapIds),
        }));
      },
    );
  },
};

/** No body at all is a lap without a file; a body of another kind is none of ours. */
function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  throw new ProblemError('wrong-type');
}

/** Bytes as they are, for the routes of this feature alone. */
function takeLapFiles(app: App): void {
  app.addContentTypeParser(lapFileType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
