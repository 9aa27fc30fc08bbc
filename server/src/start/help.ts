export const help = `racing-coach server: the review server

Usage:
  racing-coach server [migrate|create-admin|rebuild-telemetry] [--port N] [--data-dir DIR] [--json]

Keeps finished laps safe, compares and shares them. Without a command it serves, with a database
in the data directory; DATABASE_URL names a PostgreSQL or TimescaleDB instead. The first start
prints a link with which the first admin signs up.

Commands:
  migrate             Bring the database to this version and end.
  create-admin        Print a link with which another admin signs up.
  rebuild-telemetry   Fill the rows of telemetry anew from the lap files.

Options:
  --port N            Listen there; 0 takes any free port.
  --data-dir DIR      Keep the embedded database in DIR.
  --json              Print one JSON document: { "ready", "urls": { "api", "signUp" } } when it serves.
  --help              Show this help.

Environment:
  HOST                          Address to listen at; 127.0.0.1 unless TLS or a proxy guards it.
  PORT                          Port to listen at (8484).
  PUBLIC_URL                    Where browsers reach the server, as https://coach.example.
  TLS_CERT, TLS_KEY             Files of a certificate and its key.
  TRUST_PROXY                   Proxies whose X-Forwarded headers count: their number, or addresses.
  DATABASE_URL                  postgres://... instead of the embedded database.
  DATABASE_POOL_SIZE            Connections to it (10).
  REDIS_URL                     Shares limits, cache and events between several servers.
  SMTP_URL, MAIL_FROM           Sends links for new passwords; without, admins hand them on.
  CORS_ORIGINS                  Other sites whose pages may call, with commas between.
  LOG_LEVEL                     fatal, error, warn, info, debug, trace or silent (info).
  REQUESTS_PER_MINUTE_BY_ADDRESS, REQUESTS_PER_MINUTE_BY_ACCOUNT   Limits (1200 each).
  BUSY_DELAY_MS                 Turn requests away while the server lags so much (1500; 0 for never).
  QUOTA_MEGABYTES               Lap files of one account (20000).
  TELEMETRY_ROWS                auto, on or off: rows of telemetry beside the lap files.
  TELEMETRY_RETENTION_DAYS      How long those rows are kept; lap files stay.
  OTEL_EXPORTER_OTLP_ENDPOINT   Send traces there; off without.
  SHUTDOWN_SECONDS              How long requests may go on after the end was asked for (30).

Examples:
  racing-coach server
  DATABASE_URL=postgres://coach@db/coach TRUST_PROXY=1 PUBLIC_URL=https://coach.example racing-coach server
`;
