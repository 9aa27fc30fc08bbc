/**
 * How often the API may be called: by address before anything is looked up, by account once it is known who asks. Routes that are worth attacking say less
 * in `config.perMinuteByAddress`. Failed passwords are counted apart, in the database (`identity/failures.ts`).
 */
import fp from 'fastify-plugin';
import { type Clock, minutes } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { addressKey } from '../limits/address-key.ts';
import type { Counts } from '../limits/counts.ts';
import { MemoryCounts } from '../limits/memory-counts.ts';
import { RedisCounts } from '../limits/redis-counts.ts';
import { ProblemError } from '../problem-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    perMinuteByAddress?: number;
  }
  interface FastifyInstance {
    counts: Counts;
  }
}

interface Options {
  config: Config;
  clock: Clock;
}

async function limit(counts: Counts, key: string, perMinute: number): Promise<void> {
  const { count, endsInMs } = await counts.add(key, minutes(1));
  if (count > perMinute) throw new ProblemError('too-many-requests', { retryAfterS: endsInMs / 1000 });
}

/** Is registered before access is checked. */
export const addressLimits = fp(async (app, { config, clock }: Options) => {
  const nowMs = () => clock().getTime();
  const counts: Counts =
    config.redisUrl === null ? new MemoryCounts(nowMs) : new RedisCounts(config.redisUrl, nowMs);
  app.decorate('counts', counts);
  app.addHook('onClose', () => counts.close());
  app.addHook('onRequest', async (request) => {
    const { perMinuteByAddress } = request.routeOptions.config;
    const address = addressKey(request.ip);
    await limit(counts, `address ${address}`, config.requestsPerMinute.byAddress);
    if (perMinuteByAddress !== undefined)
      await limit(counts, `${request.routeOptions.url} ${address}`, perMinuteByAddress);
  });
});

/** Is registered after access is checked. */
export const accountLimits = fp(async (app, { config }: Options) => {
  app.addHook('onRequest', async (request) => {
    if (request.signedIn === null) return;
    await limit(app.counts, `account ${request.signedIn.userId}`, config.requestsPerMinute.byAccount);
  });
});
