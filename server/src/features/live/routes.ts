/** `/live`: a WebSocket that says which lists changed. */
import { viewerOf } from '../../access.ts';
import type { Feature } from '../feature.ts';
import { Listeners } from './listeners.ts';

const sweepMs = 30_000;

export const liveFeature: Feature = {
  name: 'live',
  at: 'api',
  routes(app, parts) {
    const listeners = new Listeners(parts);
    const end = parts.events.subscribe(
      (event) => void listeners.deliver(event),
      () => listeners.resyncAll(),
    );
    const sweeping = setInterval(() => void listeners.sweep(), sweepMs);
    sweeping.unref();
    app.addHook('preClose', async () => {
      clearInterval(sweeping);
      end();
      listeners.closeAll();
    });
    app.get(
      '/live',
      {
        websocket: true,
        config: { access: { scope: 'laps:read' } },
        schema: { summary: 'A WebSocket: which lists changed' },
      },
      (socket, request) => listeners.add(socket, viewerOf(request)),
    );
  },
};
