/** A feature is a noun of the API: its routes, and a repository that alone knows its SQL. `index.ts` lists them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AppParts } from '../parts.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface Feature {
  name: string;
  /** Where its paths begin: `api` is `/api/v1`. */
  at: 'root' | 'api';
  /** Adds the routes, each with `config.access` and schemas of the contract. */
  routes(app: App, parts: AppParts): void | Promise<void>;
}
