/** `GET /live` (WebSocket): lists hear what changed. Who asks, from which site and what for is checked before the upgrade, like for every route. */
import { viewerOf } from '../../access.ts';
import { ProblemError } from '../../problem-error.ts';
import type { Feature } from '../feature.ts';
import { LiveDesk } from './live-desk.ts';

export const liveFeature: Feature = {
  name: 'live',
  at: 'api',
  routes(app, { database, events, clock }) {
    const desk = new LiveDesk({ database, events, clock, log: app.log });
    app.addHook('preClose', async () => desk.close());
    app.get(
      '/live',
      {
        config: { access: { scope: 'laps:read' } },
        websocket: true,
        schema: { summary: 'What changed in lists (WebSocket)', hide: true },
        preHandler: async (request) => {
          if (desk.isFullFor(viewerOf(request).userId)) throw new ProblemError('too-many-requests');
        },
      },
      (socket, request) => desk.add(socket, viewerOf(request)),
    );
  },
};
