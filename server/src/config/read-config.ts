/**
 * The configuration out of the environment: everything that is missing or wrong is told at once, and then nothing starts. There is no default secret and
 * no default credential: what needs one is off until it is given.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { isLoopbackAddress, isLoopbackName } from '../identity/origin.ts';
import type { Config } from './config.ts';
import { EnvReader } from './env-reader.ts';

export type Environment = Record<string, string | undefined>;

/** What was typed on the command line goes before the environment. */
export interface Typed {
  port?: number | undefined;
  dataDir?: string | undefined;
}

export const defaultPort = 8484;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** One sentence for each problem; they name variables and never repeat a value that may be secret. */
export function readConfig(env: Environment, typed: Typed = {}): { config: Config } | { problems: string[] } {
  const read = new EnvReader(env);
  const host = env['HOST'] || '127.0.0.1';
  const config: Config = {
    host,
    port: typed.port ?? read.whole('PORT', { least: 0, most: 65_535, otherwise: defaultPort }),
    dataDir: resolve(typed.dataDir ?? (env['RACING_COACH_DATA_DIR'] || platformDataDir(env))),
    publicUrl: read.origin('PUBLIC_URL'),
    tls: tlsOf(env, read),
    trustProxy: read.proxies('TRUST_PROXY'),
    corsOrigins: read.origins('CORS_ORIGINS'),
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    databasePoolSize: read.whole('DATABASE_POOL_SIZE', { least: 1, most: 200, otherwise: 10 }),
    redisUrl: read.url('REDIS_URL', ['redis:', 'rediss:']),
    mail: mailOf(env, read),
    logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
    requestsPerMinute: {
      byAddress: read.whole('REQUESTS_PER_MINUTE_BY_ADDRESS', { least: 1, most: 1e9, otherwise: 1200 }),
      byAccount: read.whole('REQUESTS_PER_MINUTE_BY_ACCOUNT', { least: 1, most: 1e9, otherwise: 1200 }),
    },
    busyDelayMs: read.whole('BUSY_DELAY_MS', { least: 0, most: 60_000, otherwise: 1500 }),
    quotaBytes: read.whole('QUOTA_MEGABYTES', { least: 1, most: 1e9, otherwise: 20_000 }) * 1e6,
    telemetryRows: read.oneOf('TELEMETRY_ROWS', ['auto', 'on', 'off'] as const, 'auto'),
    telemetryRetentionDays: read.wholeOrNull('TELEMETRY_RETENTION_DAYS', { least: 1, most: 36_500 }),
    tracesUrl: read.url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']),
    shutdownS: read.whole('SHUTDOWN_SECONDS', { least: 1, most: 3600, otherwise: 30 }),
  };
  noteUnsafe(config, read.problems);
  return read.problems.length === 0 ? { config } : { problems: read.problems };
}

/** The same folder as the engine's. */
function platformDataDir(env: Environment): string {
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'Racing Coach');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'racing-coach');
}

function tlsOf(env: Environment, read: EnvReader): Config['tls'] {
  const [certFile, keyFile] = [env['TLS_CERT'], env['TLS_KEY']];
  if (!certFile && !keyFile) return null;
  if (!certFile || !keyFile) {
    read.problems.push('TLS_CERT and TLS_KEY go together: give the files of both.');
    return null;
  }
  for (const [name, file] of [
    ['TLS_CERT', certFile],
    ['TLS_KEY', keyFile],
  ])
    if (file && !existsSync(file)) read.problems.push(`${name}: there is no such file.`);
  return { certFile, keyFile };
}

function mailOf(env: Environment, read: EnvReader): Config['mail'] {
  const smtpUrl = read.url('SMTP_URL', ['smtp:', 'smtps:']);
  if (smtpUrl === null) return null;
  const from = env['MAIL_FROM'];
  if (!from) read.problems.push('MAIL_FROM is missing: the address that letters come from.');
  if (!env['PUBLIC_URL'])
    read.problems.push('PUBLIC_URL is missing: links in letters need to know where the server is reached.');
  return { smtpUrl, from: from ?? '' };
}

/** What would send passwords in the open, or believe anybody's headers. */
function noteUnsafe({ host, tls, trustProxy, publicUrl }: Config, problems: string[]): void {
  const guarded = tls !== null || trustProxy !== false;
  if (!guarded && !isLoopbackName(host) && !isLoopbackAddress(host))
    problems.push(
      `HOST is ${host}, which other machines reach: give TLS_CERT and TLS_KEY, or TRUST_PROXY when a proxy with TLS stands in front, or leave HOST at 127.0.0.1.`,
    );
  if (publicUrl === null) return;
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'http:' && !isLoopbackName(hostname))
    problems.push('PUBLIC_URL begins with http: browsers keep a session over https only.');
  if (!guarded && !isLoopbackName(hostname))
    problems.push(
      'PUBLIC_URL names another host than this machine: set TRUST_PROXY to the proxy that stands in front (as 127.0.0.1), or give TLS_CERT and TLS_KEY.',
    );
}
