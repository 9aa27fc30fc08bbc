/** Stars for references of others; the newest of each user counts. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { AppParts } from '../../parts.ts';
import type { App } from '../feature.ts';
import { rate, unrate } from './feedback.ts';
import { referenceOf } from './reference-of.ts';

const config = { access: { scope: 'references:write' } } as const;
const params = z.object({ referenceId: contract.id });

export function ratingRoutes(app: App, { database }: AppParts): void {
  app.put(
    '/references/:referenceId/rating',
    {
      config,
      schema: {
        summary: 'Give a reference of somebody else stars',
        params,
        body: contract.rateReference,
        response: { 200: contract.reference },
      },
    },
    (request) => {
      const viewer = viewerOf(request);
      const { referenceId } = request.params;
      return database.asViewer(viewer, async (trx) => {
        await rate(trx, viewer, referenceId, request.body.stars);
        return referenceOf(trx, viewer, referenceId);
      });
    },
  );
  app.delete(
    '/references/:referenceId/rating',
    {
      config,
      schema: {
        summary: 'Take one’s stars back',
        params,
        response: { 200: contract.reference },
      },
    },
    (request) => {
      const viewer = viewerOf(request);
      const { referenceId } = request.params;
      return database.asViewer(viewer, async (trx) => {
        await unrate(trx, viewer, referenceId);
        return referenceOf(trx, viewer, referenceId);
      });
    },
  );
}
