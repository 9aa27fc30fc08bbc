/** References: laps that drivers share for others to drive against. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import type { App, Feature } from '../feature.ts';
import { fileRoute } from './file-route.ts';
import { ratingRoutes } from './rating-routes.ts';
import { referenceOf } from './reference-of.ts';
import { reportRoutes } from './report-routes.ts';
import { keyOfReference, referenceFrom, referencesQuery } from './repository.ts';
import { shareRoutes } from './share-routes.ts';

const config = { access: { scope: 'references:read' } } as const;
const cursors = {
  fastest: z.tuple([z.number(), contract.id]),
  'best-rated': z.tuple([z.number(), contract.id]),
  newest: z.tuple([z.null(), contract.id]),
};

export const referencesFeature: Feature = {
  name: 'references',
  at: 'api',
  routes(app, parts) {
    readRoutes(app, parts);
    shareRoutes(app, parts);
    fileRoute(app, parts);
    ratingRoutes(app, parts);
    reportRoutes(app, parts);
  },
};

function readRoutes(app: App, parts: AppParts): void {
  app.get(
    '/references',
    {
      config,
      schema: {
        summary: 'References that one sees',
        querystring: contract.referenceQuery,
        response: { 200: contract.referencePage },
      },
    },
    async (request) => {
      const { after, ...query } = request.query;
      const viewer = viewerOf(request);
      const beyond = readCursor<[number | null, string]>(after, cursors[query.order]);
      const rows = await parts.database.asViewer(viewer, (trx) =>
        referencesQuery(trx, viewer, { ...query, beyond }).execute(),
      );
      return pageFrom(rows, query.limit, (row) => keyOfReference(query.order, row), referenceFrom);
    },
  );
  app.get(
    '/references/:referenceId',
    {
      config,
      schema: {
        summary: 'One reference',
        params: z.object({ referenceId: contract.id }),
        response: { 200: contract.reference },
      },
    },
    (request) => {
      const viewer = viewerOf(request);
      return parts.database.asViewer(viewer, (trx) => referenceOf(trx, viewer, request.params.referenceId));
    },
  );
}
