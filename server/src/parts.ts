/** What the application is made of. `buildApp` takes them made, so that a test can put another one in. */
import type { Writable } from 'node:stream';
import type { Analysis } from './analysis/analysis.ts';
import type { Cache } from './cache/cache.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Database } from './database/database.ts';
import type { Events } from './events/events.ts';
import type { Mail } from './mail/mail.ts';

export interface AppParts {
  config: Config;
  version: string;
  database: Database;
  cache: Cache;
  events: Events;
  analysis: Analysis;
  /** Null when no SMTP server is configured: links are then shown to the admin alone. */
  mail: Mail | null;
  clock: Clock;
  /** Where the log goes; standard error by default. */
  logStream?: Writable;
}
