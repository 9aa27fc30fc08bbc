/** The parts of the application as the configuration wants them, and their end. */
import { openAnalysis } from '../analysis/open-analysis.ts';
import { MemoryCache } from '../cache/memory-cache.ts';
import { RedisCache } from '../cache/redis-cache.ts';
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import { MemoryEvents } from '../events/memory-events.ts';
import { RedisEvents } from '../events/redis-events.ts';
import { smtpMail } from '../mail/smtp-mail.ts';
import type { AppParts } from '../parts.ts';

export async function openParts(config: Config, database: Database, version: string): Promise<AppParts> {
  const { redisUrl } = config;
  return {
    config,
    version,
    database,
    analysis: await openAnalysis(),
    cache: redisUrl === null ? new MemoryCache() : new RedisCache(redisUrl),
    events: redisUrl === null ? new MemoryEvents() : new RedisEvents(redisUrl),
    mail: config.mail === null ? null : await smtpMail(config.mail),
    clock: systemClock,
  };
}

/** After the application was closed. The database is closed by whoever opened it. */
export async function closeParts({ cache, events, analysis, mail }: AppParts): Promise<void> {
  mail?.close();
  await Promise.allSettled([cache.close(), events.close(), analysis.close()]);
}
