/**
 * A connection to Redis that nobody waits for: what is asked while it is gone fails at once, and it comes back by itself. Everything in Redis can be done
 * without.
 */
import { Redis, type RedisOptions } from 'ioredis';

const longestWaitMs = 2000;
const answerMs = 300;

export function connectRedis(
  url: string,
  more: Pick<RedisOptions, 'autoResubscribe' | 'keepAlive'> = {},
): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2000,
    commandTimeout: answerMs,
    retryStrategy: (attempt: number) => Math.min(attempt * 100, longestWaitMs),
    ...more,
  });
  // Each failed attempt to connect is an event; without a listener it would be an error of the process.
  redis.on('error', () => undefined);
  return redis;
}
