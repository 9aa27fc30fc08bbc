/** `/boards`: who is how fast, by car, build, conditions and whether he was coached. */
import { boardPage, boardQuery } from '@racing-coach/contract/server';
import { viewerOf } from '../../access.ts';
import type { Feature } from '../feature.ts';
import { board } from './repository.ts';

export const boardsFeature: Feature = {
  name: 'boards',
  at: 'api',
  routes(app, { database }) {
    app.get(
      '/boards',
      {
        config: { access: { scope: 'references:read' } },
        schema: {
          summary: 'The fastest lap of each driver',
          querystring: boardQuery,
          response: { 200: boardPage },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return await database.asViewer(viewer, (trx) => board(trx, viewer, request.query));
      },
    );
  },
};
