/** `GET /tracks`: where one and one's drivers have been. */
import * as contract from '@racing-coach/contract/server';
import { viewerOf } from '../../access.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { Feature } from '../feature.ts';
import { trackFrom, tracksQuery } from './repository.ts';

export const tracksFeature: Feature = {
  name: 'tracks',
  at: 'api',
  routes(app, { database }) {
    app.get(
      '/tracks',
      {
        config: { access: { scope: 'laps:read' } },
        schema: {
          summary: 'Tracks of the sessions that one sees',
          querystring: contract.trackQuery,
          response: { 200: contract.trackPage },
        },
      },
      async (request) => {
        const { after, ...query } = request.query;
        const viewer = viewerOf(request);
        const above = readCursor(after, contract.key);
        const rows = await database.asViewer(viewer, (trx) =>
          tracksQuery(trx, viewer, { ...query, above }).execute(),
        );
        return pageFrom(rows, query.limit, (row) => row.track_key, trackFrom);
      },
    );
  },
};
