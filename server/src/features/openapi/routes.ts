/** `/openapi.json`: the whole API, made of the routes' own schemas. */
import type { Feature } from '../feature.ts';

export const openapiFeature: Feature = {
  name: 'openapi',
  at: 'root',
  routes(app) {
    let document: string | undefined;
    app.get(
      '/openapi.json',
      { config: { access: 'anyone' }, schema: { hide: true } },
      async (_request, reply) => {
        document ??= JSON.stringify(app.swagger());
        return reply.type('application/json').send(document);
      },
    );
  },
};
