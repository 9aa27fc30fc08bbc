/** The parts of the application as the configuration wants them, and their end. */
import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import { smtpMail } from '../mail/smtp-mail.ts';
import type { AppParts } from '../parts.ts';
import { absentAnalysis, absentCache, localEvents } from './absent-parts.ts';

export async function openParts(config: Config, database: Database, version: string): Promise<AppParts> {
  return {
    config,
    version,
    database,
    cache: absentCache,
    events: localEvents(),
    analysis: absentAnalysis,
    mail: config.mail === null ? null : await smtpMail(config.mail),
    clock: systemClock,
  };
}

/** After the application was closed. The database is closed by whoever opened it. */
export async function closeParts({ cache, events, analysis, mail }: AppParts): Promise<void> {
  mail?.close();
  await Promise.allSettled([cache.close(), events.close(), analysis.close()]);
}
