/**
 * The application, apart from listening: plugins by role, then the features. The order of hooks is the order of this file: log, headers, limits by
 * address, who asks, may he; only then is the request's body read and anything validated or looked up.
 */
import { readFileSync } from 'node:fs';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import fastify, { type FastifyServerOptions, LogController } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { type $ZodType, safeParse } from 'zod/v4/core';
import type { Config } from './config/config.ts';
import type { App, Feature } from './features/feature.ts';
import { features } from './features/index.ts';
import type { AppParts } from './parts.ts';
import { access } from './plugins/access.ts';
import { closing } from './plugins/closing.ts';
import { compression } from './plugins/compression.ts';
import { answerOnSocket, errors, sendProblem } from './plugins/errors.ts';
import { headers } from './plugins/headers.ts';
import { accountLimits, addressLimits } from './plugins/limits.ts';
import { openapi } from './plugins/openapi.ts';
import { pressure } from './plugins/pressure.ts';
import { InputError } from './plugins/problem-of.ts';
import { loggedError, requestLog } from './plugins/request-log.ts';
import { requestMetrics } from './plugins/request-metrics.ts';
import { routeTable } from './plugins/route-table.ts';
import { tracing } from './plugins/tracing.ts';

/** Bodies are small; routes that take lap files say how large theirs are. */
const bodyLimitBytes = 64 * 1024;
/** A request has this long to arrive, and a handler to answer. */
const requestTimeoutMs = 60_000;
const handlerTimeoutMs = 30_000;

/** @param list the features; tests add some that misbehave */
export async function buildApp(parts: AppParts, list: Feature[] = features): Promise<App> {
  const app = instance(parts);
  app.setValidatorCompiler<$ZodType>(({ schema }) => (data) => {
    const result = safeParse(schema, data);
    return result.success ? { value: result.data } : { error: new InputError(result.error.issues) };
  });
  app.setSerializerCompiler(serializerCompiler);
  await app.register(errors);
  await app.register(closing);
  await app.register(requestLog);
  await app.register(requestMetrics);
  await app.register(tracing, parts);
  await app.register(headers, parts);
  await app.register(pressure, parts);
  await app.register(addressLimits, parts);
  await app.register(cookie);
  await app.register(websocket, { options: { maxPayload: 4096, perMessageDeflate: false } });
  await app.register(access, parts);
  await app.register(accountLimits, parts);
  await app.register(compression);
  await app.register(routeTable);
  await app.register(openapi, { version: parts.version });
  for (const feature of list)
    await app.register(async (scope) => feature.routes(scope.withTypeProvider<ZodTypeProvider>(), parts), {
      prefix: feature.at === 'api' ? '/api/v1' : '',
    });
  await app.ready();
  return app;
}

function instance({ config, logStream }: AppParts): App {
  const options: FastifyServerOptions = {
    logger: {
      level: config.logLevel,
      stream: logStream ?? process.stderr,
      base: null,
      serializers: { err: loggedError },
    },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: trustedProxy(config.trustProxy),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    handlerTimeout: handlerTimeoutMs,
    genReqId: () => crypto.randomUUID(),
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: answerOnSocket,
    forceCloseConnections: 'idle',
    // Requests that come on open connections while we stop are answered as ever; `/health/ready` says no.
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: false },
  };
  const { tls } = config;
  if (tls === null) return fastify(options).withTypeProvider<ZodTypeProvider>();
  const https = { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile), minVersion: 'TLSv1.2' };
  return fastify({ ...options, https } as FastifyServerOptions).withTypeProvider<ZodTypeProvider>();
}

/** As Fastify takes it: of so many hops, the nearest are believed. */
function trustedProxy(trust: Config['trustProxy']): NonNullable<FastifyServerOptions['trustProxy']> {
  return typeof trust === 'number' ? (_address, hop) => hop < trust : trust;
}
