/** What the server runs with: read from the environment once ({@link readConfig}), never looked up again. */
export interface Config {
  host: string;
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  /** Where browsers reach the server, without a path; null when that is where it listens. */
  publicUrl: string | null;
  tls: { certFile: string; keyFile: string } | null;
  /** Which proxies' X-Forwarded-* headers are believed: addresses and networks, or how many hops. */
  trustProxy: false | number | string[];
  /** Other sites whose pages may call the API. */
  corsOrigins: string[];
  /** Null is the embedded database in the data directory. */
  databaseUrl: string | null;
  databasePoolSize: number;
  redisUrl: string | null;
  mail: { smtpUrl: string; from: string } | null;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Requests in a minute. */
  requestsPerMinute: { byAddress: number; byAccount: number };
  /** The mean wait for the event loop within a second beyond which requests are turned away; 0 turns none away. */
  busyDelayMs: number;
  /** Of lap files, for one account. */
  quotaBytes: number;
  /** Rows of telemetry beside the lap files: `auto` fills them where TimescaleDB is. */
  telemetryRows: 'auto' | 'on' | 'off';
  /** How long rows of telemetry are kept; null is for ever. Lap files stay. */
  telemetryRetentionDays: number | null;
  /** OTLP over HTTP; null is off. */
  tracesUrl: string | null;
  /** How long requests may go on after the server was told to stop. */
  shutdownS: number;
}
