/**
 * Every error as `application/problem+json` out of the one list. Errors that Fastify, its plugins or Node make are mapped to the list; anything else is
 * `internal`, and only the log has it, under the request's id.
 */
import type { Socket } from 'node:net';
import { type Problem, type ProblemCode, problems } from '@racing-coach/contract/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { ProblemError } from '../problem-error.ts';
import { problemOf } from './problem-of.ts';
import { methodsAt } from './route-table.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** What was wrong, for the log of requests. */
    problemCode: ProblemCode | null;
  }
}

const pairingCodes = new Set<ProblemCode>([
  'authorization_pending',
  'slow_down',
  'expired_token',
  'access_denied',
  'invalid_grant',
]);

export function problemBody(error: ProblemError, requestId: string): Problem {
  const [status, title] = problems[error.code];
  return {
    type: 'about:blank',
    title,
    status,
    code: error.code,
    ...(pairingCodes.has(error.code) ? { error: error.code } : {}),
    requestId,
    ...error.extra,
  };
}

/** Answers with the problem that `thrown` is. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = problemOf(thrown);
  const body = problemBody(error, request.id);
  if (body.status >= 500)
    request.log.error({ err: error.cause ?? error, code: error.code }, 'request failed');
  reply.problemCode = error.code;
  reply
    .code(body.status)
    .removeHeader('content-length')
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store');
  if (error.retryAfterS !== null) reply.header('retry-after', Math.ceil(error.retryAfterS));
  if (body.status === 401) reply.header('www-authenticate', 'Bearer realm="racing-coach"');
  return reply.serializer((problem: Problem) => JSON.stringify(problem)).send(body);
}

export const errors = fp(async (app) => {
  app.decorateReply('problemCode', null);
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsAt(app.routeTable, request.url);
    if (allowed.length === 0 || allowed.includes(request.method))
      return sendProblem(new ProblemError('not-found'), request, reply);
    reply.header('allow', allowed.join(', '));
    return sendProblem(new ProblemError('method-not-allowed'), request, reply);
  });
});

const socketProblems: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'too-large',
};

/** What Node could not read as a request, or did not get in time: there is only a socket to answer on. */
export function answerOnSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = socketProblems[error.code ?? ''] ?? 'bad-request';
  const body = JSON.stringify(problemBody(new ProblemError(code), ''));
  const head = [
    `HTTP/1.1 ${problems[code][0]} Problem`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
