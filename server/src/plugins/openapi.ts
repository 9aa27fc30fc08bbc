/** OpenAPI 3.1 out of the routes' schemas, at `/openapi.json`. Paths are absolute from the origin. */
import swagger from '@fastify/swagger';
import { problem } from '@racing-coach/contract/server';
import fp from 'fastify-plugin';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import * as z from 'zod';
import type { Access } from '../access.ts';

const toJson = createJsonSchemaTransform({});
const problemSchema = z.toJSONSchema(problem);

/** What a reader of the document is told of who may call. */
function securityOf(access: Access | undefined): Record<string, string[]>[] {
  if (access === 'anyone') return [];
  if (access === 'signed-in') return [{ session: [] }, { token: [] }];
  if (access === 'admin') return [{ session: [] }];
  if (access === 'metrics') return [{}, { token: ['metrics'] }];
  return [{ session: [] }, { token: access === undefined ? [] : [access.scope] }];
}

export const openapi = fp(async (app, { version }: { version: string }) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Racing Coach', version, license: { name: 'MIT' } },
      servers: [{ url: '/' }],
      components: {
        schemas: { Problem: problemSchema as object },
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: '__Host-racing-coach' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: (document) => {
      const { schema, url } = toJson(document as Parameters<typeof toJson>[0]);
      const access = document.route.config?.access;
      const described = schema as Record<string, unknown>;
      const response = {
        ...(described['response'] as Record<string, unknown> | undefined),
        default: {
          description: 'A problem of the one list (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      };
      return { url, schema: { ...described, response, security: securityOf(access) } as never };
    },
  });
});
