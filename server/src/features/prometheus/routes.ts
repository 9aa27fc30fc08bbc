/** `/metrics`, for Prometheus: from this machine, or with a token of an admin that has the scope `metrics`. */
import type { Feature } from '../feature.ts';

export const prometheusFeature: Feature = {
  name: 'prometheus',
  at: 'root',
  routes(app) {
    app.get('/metrics', { config: { access: 'metrics' }, schema: { hide: true } }, async (_request, reply) =>
      reply.type(app.metricsRegistry.contentType).send(await app.metricsRegistry.metrics()),
    );
  },
};
