/** `/references`: laps that drivers share with a team or with everyone who is signed in. */
import {
  changeReference,
  id,
  rateReference,
  reference,
  referencePage,
  referenceQuery,
  reportReference,
  shareReference,
} from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { referenceTag } from '../cache-tags.ts';
import type { Feature } from '../feature.ts';
import { hasAlready, lapFileType, sendFile } from '../file-reply.ts';
import { listReferences } from './reference-list.ts';
import { change, oneReference, rate, referenceFile, remove, report, share } from './repository.ts';

const params = z.object({ referenceId: id });
const [read, write] = [{ scope: 'references:read' }, { scope: 'references:write' }] as const;

export const referencesFeature: Feature = {
  name: 'references',
  at: 'api',
  routes(app, { database, cache, clock }) {
    app.get(
      '/references',
      {
        config: { access: read },
        schema: { querystring: referenceQuery, response: { 200: referencePage } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return await database.asViewer(viewer, (trx) => listReferences(trx, viewer, request.query));
      },
    );
    app.post(
      '/references',
      {
        config: { access: write },
        schema: {
          summary: 'Shares a copy of one of your laps',
          body: shareReference,
          response: { 201: reference },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const shared = await database.asViewer(viewer, async (trx) =>
          oneReference(trx, viewer, await share(trx, viewer, request.body, clock())),
        );
        return reply.code(201).send(shared);
      },
    );
    app.get(
      '/references/:referenceId',
      { config: { access: read }, schema: { params, response: { 200: reference } } },
      async (request) => {
        const viewer = viewerOf(request);
        return await database.asViewer(viewer, (trx) =>
          oneReference(trx, viewer, request.params.referenceId),
        );
      },
    );
    app.get(
      '/references/:referenceId/file',
      {
        config: { access: read },
        schema: { summary: 'The lap file, byte for byte', produces: [lapFileType], params },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { referenceId } = request.params;
        const facts = await database.asViewer(viewer, (trx) => oneReference(trx, viewer, referenceId));
        if (hasAlready(request, reply, facts.sha256)) return reply.code(304).send();
        const bytes = await database.asViewer(viewer, (trx) => referenceFile(trx, viewer, referenceId));
        return sendFile(reply, referenceId, bytes);
      },
    );
    app.patch(
      '/references/:referenceId',
      {
        config: { access: write },
        schema: { params, body: changeReference, response: { 200: reference } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { referenceId } = request.params;
        return await database.asViewer(viewer, async (trx) => {
          await change(trx, viewer, referenceId, request.body, clock());
          return await oneReference(trx, viewer, referenceId);
        });
      },
    );
    app.delete(
      '/references/:referenceId',
      { config: { access: write }, schema: { params, response: { 204: z.null() } } },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { referenceId } = request.params;
        await database.asViewer(viewer, (trx) => remove(trx, viewer, referenceId));
        await cache.invalidate([referenceTag(referenceId)]);
        return reply.code(204).send(null);
      },
    );
    app.put(
      '/references/:referenceId/rating',
      {
        config: { access: write },
        schema: {
          summary: 'Of others’ references',
          params,
          body: rateReference,
          response: { 200: reference },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { referenceId } = request.params;
        return await database.asViewer(viewer, async (trx) => {
          await rate(trx, viewer, referenceId, request.body.stars);
          return await oneReference(trx, viewer, referenceId);
        });
      },
    );
    app.put(
      '/references/:referenceId/report',
      {
        config: { access: write },
        schema: { summary: 'To the admins', params, body: reportReference, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { referenceId } = request.params;
        await database.asViewer(viewer, (trx) =>
          report(trx, viewer, referenceId, request.body.reason, clock()),
        );
        return reply.code(204).send(null);
      },
    );
  },
};
