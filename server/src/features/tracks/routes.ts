/** `/tracks`: where was driven. */
import { pageQuery, trackPage } from '@racing-coach/contract/server';
import { viewerOf } from '../../access.ts';
import type { Feature } from '../feature.ts';
import { listTracks } from './repository.ts';

const access = { scope: 'laps:read' } as const;

export const tracksFeature: Feature = {
  name: 'tracks',
  at: 'api',
  routes(app, { database }) {
    app.get(
      '/tracks',
      { config: { access }, schema: { querystring: pageQuery, response: { 200: trackPage } } },
      async (request) => {
        const viewer = viewerOf(request);
        return await database.asViewer(viewer, (trx) => listTracks(trx, viewer, request.query));
      },
    );
  },
};
