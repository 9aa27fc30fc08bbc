/**
 * One line for each request and its answer: which route, what came of it, how long it took, how much went over the wire, who asked. The address is its
 * pattern, never what was asked for: ids, cursors and secrets of links stay out, as do headers and bodies.
 */
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

/** What a socket had carried when its last request was done. */
const carried = new WeakMap<Socket, { read: number; written: number }>();

/** Bytes since the last request on the same connection, heads included. */
function bytesOf({ socket }: FastifyRequest): { bytesIn: number; bytesOut: number } {
  const before = carried.get(socket) ?? { read: 0, written: 0 };
  const now = { read: socket.bytesRead ?? 0, written: socket.bytesWritten ?? 0 };
  carried.set(socket, now);
  return { bytesIn: now.read - before.read, bytesOut: now.written - before.written };
}

function line(request: FastifyRequest, reply: FastifyReply) {
  return {
    method: request.method,
    route: request.routeOptions.url ?? null,
    status: reply.statusCode,
    problem: reply.problemCode ?? undefined,
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
    ...bytesOf(request),
    userId: request.signedIn?.userId ?? null,
    address: request.ip,
  };
}

export const requestLog = fp(async (app) => {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(line(request, reply), 'request');
  });
  app.addHook('onRequestAbort', async (request) => {
    request.log.info(
      { method: request.method, route: request.routeOptions.url ?? null },
      'the caller went away',
    );
  });
});

interface LoggedError {
  [key: string]: unknown;
  type: string;
  message: string;
  stack: string;
}

/** An error for the log, without what drivers hang onto theirs: queries and parameters hold what users typed. */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? '',
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  };
}
