/** `server` is a program of its own, which the bin starts (`server/src/main.ts`). This row is its help; who gets to run it has an engine without the server. */
import { CodedError } from '@racing-coach/contract';
import type { Command } from '../cli/command.ts';

export const serverCommand: Command = {
  name: 'server',
  summary: 'the review server: keeps laps safe, compares and shares them',
  usage: ['[migrate|create-admin|rebuild-telemetry] [--port N] [--json]'],
  text: [
    'Serves with a database of its own in the data directory; nothing has to be installed. The first start prints a link with which the first admin signs up. It answers on this machine alone until it is told how it is guarded.',
    'It is configured by the environment: DATABASE_URL names a PostgreSQL or TimescaleDB instead; HOST, PORT and PUBLIC_URL say where it is reached; TLS_CERT and TLS_KEY, or TRUST_PROXY behind a proxy with TLS, are needed for any address but this machine’s; REDIS_URL shares limits, cache and events between several servers; SMTP_URL and MAIL_FROM send links for new passwords. What is missing or wrong is listed, and then nothing starts.',
    'migrate brings the database to this version and ends. create-admin prints a link with which another admin signs up. rebuild-telemetry fills the rows of telemetry anew from the lap files.',
  ],
  options: [{ name: 'port', value: 'N', text: 'Listen there; 0 takes any free port.' }],
  examples: ['racing-coach server', 'DATABASE_URL=postgres://coach@db/coach racing-coach server migrate'],
  json: 'Print { "ready", "urls": { "api", "signUp" } } when it serves.',
  prepare: () => () => {
    throw new CodedError('server-missing');
  },
};
