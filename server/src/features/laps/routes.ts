/** `/laps`: lists, facts, files, channels and metrics of laps. */
import { channels } from '@racing-coach/contract';
import {
  id,
  lap,
  lapMetrics,
  lapPage,
  lapQuery,
  type telemetry,
  telemetryQuery,
} from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { ProblemError } from '../../problem-error.ts';
import { lapTag, ownerTag } from '../cache-tags.ts';
import { cachedList } from '../cached-list.ts';
import type { Feature } from '../feature.ts';
import { hasAlready, lapFileType, sendFile } from '../file-reply.ts';
import { LapFileShelf } from './lap-file-shelf.ts';
import { listLaps } from './lap-list.ts';
import {
  fileOfSeenLap,
  lapFile,
  oneLap,
  removeLap,
  saveMetrics,
  seenFileSha256,
  storedMetrics,
} from './repository.ts';

const params = z.object({ lapId: id });
const [read, write] = [{ scope: 'laps:read' }, { scope: 'laps:write' }] as const;
const channelNames = new Set<string>(channels.map((channel) => channel.name));

function namesOf(list: string): string[] {
  const names = [...new Set(list.split(',').filter((name) => name !== ''))];
  const unknown = names.filter((name) => !channelNames.has(name));
  if (unknown.length === 0) return names;
  const message = `there is no channel ${unknown[0]}`;
  throw new ProblemError('invalid', { issues: [{ in: 'query', pointer: '/channels', message }] });
}

export const lapsFeature: Feature = {
  name: 'laps',
  at: 'api',
  routes(app, parts) {
    const { database, analysis, cache, events } = parts;
    const shelf = new LapFileShelf();
    app.get(
      '/laps',
      {
        config: { access: read },
        schema: {
          summary: 'In the order that is asked for',
          querystring: lapQuery,
          response: { 200: lapPage },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { query } = request;
        return await database.asViewer(viewer, (trx) =>
          cachedList(parts, { trx, viewer, name: 'laps', query }, () => listLaps(trx, viewer, query)),
        );
      },
    );
    app.get(
      '/laps/:lapId',
      { config: { access: read }, schema: { params, response: { 200: lap } } },
      async (request) => {
        const viewer = viewerOf(request);
        return await database.asViewer(viewer, (trx) => oneLap(trx, viewer, request.params.lapId));
      },
    );
    app.delete(
      '/laps/:lapId',
      { config: { access: write }, schema: { params, response: { 204: z.null() } } },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { lapId } = request.params;
        const { sessionId } = await database.asViewer(viewer, (trx) => removeLap(trx, viewer, lapId));
        await cache.invalidate([ownerTag(viewer.userId), lapTag(lapId)]);
        await events.publish({ event: { type: 'session.changed', sessionId }, ownerId: viewer.userId });
        return reply.code(204).send(null);
      },
    );
    app.get(
      '/laps/:lapId/file',
      {
        config: { access: read },
        schema: { summary: 'The lap file, byte for byte', produces: [lapFileType], params },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { lapId } = request.params;
        const facts = await database.asViewer(viewer, (trx) => oneLap(trx, viewer, lapId));
        if (facts.lapFileSha256 === null) throw new ProblemError('no-lap-file');
        if (hasAlready(request, reply, facts.lapFileSha256)) return reply.code(304).send();
        return sendFile(reply, lapId, await database.asViewer(viewer, (trx) => lapFile(trx, viewer, lapId)));
      },
    );
    app.get(
      '/laps/:lapId/telemetry',
      {
        config: { access: read },
        schema: { summary: 'Channels over time', params, querystring: telemetryQuery },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const names = namesOf(request.query.channels);
        const { lapId } = request.params;
        const file = await database.asViewer(viewer, async (trx) => {
          const sha256 = await seenFileSha256(trx, viewer, lapId);
          return await shelf.through(sha256, () => fileOfSeenLap(trx, lapId));
        });
        const wantsBytes = request.headers.accept === 'application/octet-stream';
        const answer = await analysis.telemetry(file, names, wantsBytes ? 'bytes' : 'json');
        return reply
          .type(wantsBytes ? 'application/octet-stream' : 'application/json; charset=utf-8')
          .send(answer);
      },
    );
    app.get(
      '/laps/:lapId/metrics',
      {
        config: { access: read },
        schema: { summary: 'What the core says of the lap', params, response: { 200: lapMetrics } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { lapId } = request.params;
        const stored = await database.asViewer(viewer, (trx) =>
          storedMetrics(trx, viewer, lapId, analysis.analysisVersion),
        );
        if (stored !== null) return { lapId, ...stored };
        const file = await database.asViewer(viewer, (trx) => lapFile(trx, viewer, lapId));
        const made = await analysis.metrics(file);
        await database.asViewer(viewer, (trx) => saveMetrics(trx, lapId, made));
        return { lapId, ...made };
      },
    );
  },
};

/** What the telemetry route answers as JSON; documented by its schema, not checked by it. */
export type TelemetryReply = z.infer<typeof telemetry>;
