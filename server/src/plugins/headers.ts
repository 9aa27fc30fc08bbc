/** Headers that tell browsers what not to do, and which other sites may call. */
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';
import type { Config } from '../config/config.ts';

/** Half a year: long enough to count, short enough to take back. */
const strictTransportS = 15_552_000;

export const headers = fp(async (app, { config }: { config: Config }) => {
  const overTls = config.tls !== null || config.publicUrl?.startsWith('https:') === true;
  await app.register(helmet, {
    // Answers are data: nothing in them may run, load or be framed. Pages bring a policy of their own.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: overTls ? { maxAge: strictTransportS } : false,
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  // What is answered belongs to whoever asked. Routes whose answers never change say so themselves.
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-store');
  });
  if (config.corsOrigins.length === 0) return;
  await app.register(cors, {
    origin: config.corsOrigins,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'lap-claim', 'if-none-match', 'if-match'],
    exposedHeaders: ['etag', 'retry-after', 'x-request-id'],
    maxAge: 600,
    strictPreflight: false,
  });
});
