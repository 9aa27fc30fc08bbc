/** A server that cannot keep up says so early, while saying so is still cheap. */
import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';
import type { Config } from '../config/config.ts';
import { ProblemError } from '../problem-error.ts';

const retryAfterS = 5;

export const pressure = fp(async (app, { config }: { config: Config }) => {
  await app.register(underPressure, {
    maxEventLoopDelay: config.busyDelayMs,
    maxHeapUsedBytes: Math.round(getHeapStatistics().heap_size_limit * 0.9),
    sampleInterval: 1000,
    pressureHandler: async (request) => {
      // The process lives, also when it has too much to do: being started anew would not help it.
      if (request.routeOptions.url !== '/health/live') throw new ProblemError('busy', { retryAfterS });
    },
  });
});
