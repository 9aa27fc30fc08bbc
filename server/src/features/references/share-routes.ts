/** Sharing a lap as a reference, changing what is said of it and who sees it, taking it back. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { storedBytes } from '../uploads/repository.ts';
import { referenceOf } from './reference-of.ts';
import { changeOwn, deleteOwn, insertReference } from './share.ts';

const config = { access: { scope: 'references:write' } } as const;
const inPath = z.object({ referenceId: contract.id });
/** Of everything that is made of references. */
export const referencesTag = 'references';

export function shareRoutes(app: App, parts: AppParts): void {
  postRoute(app, parts);
  patchRoute(app, parts);
  deleteRoute(app, parts);
}

function postRoute(app: App, { database, cache, clock, config: { quotaBytes } }: AppParts): void {
  app.post(
    '/references',
    {
      config,
      schema: {
        summary: 'Share a lap of one’s own as a reference',
        body: contract.shareReference,
        response: { 201: contract.reference },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const shared = await database.asViewer(viewer, async (trx) => {
        const { id } = await insertReference(trx, viewer, request.body, clock());
        if ((await storedBytes(trx, viewer)) > quotaBytes) throw new ProblemError('quota-exceeded');
        return referenceOf(trx, viewer, id);
      });
      await cache.invalidate([referencesTag]);
      return reply.code(201).send(shared);
    },
  );
}

function patchRoute(app: App, { database, cache, clock }: AppParts): void {
  app.patch(
    '/references/:referenceId',
    {
      config,
      schema: {
        summary: 'Change a reference of one’s own',
        params: inPath,
        body: contract.changeReference,
        response: { 200: contract.reference },
      },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { referenceId } = request.params;
      const changed = await database.asViewer(viewer, async (trx) => {
        await changeOwn(trx, viewer, referenceId, { change: request.body, now: clock() });
        return referenceOf(trx, viewer, referenceId);
      });
      await cache.invalidate([referencesTag]);
      return changed;
    },
  );
}

function deleteRoute(app: App, { database, cache }: AppParts): void {
  app.delete(
    '/references/:referenceId',
    {
      config,
      schema: {
        summary: 'Take a reference of one’s own back',
        params: inPath,
        response: { 204: z.undefined().describe('Removed') },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { referenceId } = request.params;
      const gone = await database.asViewer(viewer, (trx) => deleteOwn(trx, viewer, referenceId));
      if (!gone) throw new ProblemError('not-found');
      await cache.invalidate([referencesTag, `reference:${referenceId}`]);
      return reply.code(204).send();
    },
  );
}
