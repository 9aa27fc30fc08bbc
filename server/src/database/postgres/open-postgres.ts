/** PostgreSQL, with or without TimescaleDB, over a pool of connections. After a restart of the server the pool connects anew by itself. */
import { Kysely } from 'kysely';
import pg from 'pg';
import { homeDialect } from '../home-connection.ts';
import { KyselyDatabase } from '../kysely-database.ts';
import type { Tables } from '../tables.ts';
import { PostgresDriver } from './postgres-driver.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  poolSize: number;
  /** Longest statement. Migrations switch it off. */
  statementTimeoutMs?: number;
  /** Longest wait for a connection, made or lent. */
  connectTimeoutMs?: number;
}

const { builtins } = pg.types;
const asText = (text: string) => text;

/** As the embedded home reads them: 2^53 is enough for what is counted here, a day stays a day in every time zone. */
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, Number],
  [builtins.DATE, asText],
  [builtins.NUMERIC, asText],
]);

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    format === 'binary'
      ? pg.types.getTypeParser(oid, 'binary')
      : (parsers.get(oid) ?? pg.types.getTypeParser(oid, 'text')),
} as pg.CustomTypesConfig;

/** Not migrated yet. Rejects with `DatabaseGone` when the server does not answer. */
export async function openPostgres(options: PostgresOptions): Promise<KyselyDatabase> {
  const { statementTimeoutMs = 30_000, connectTimeoutMs = 5_000 } = options;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: 'racing-coach',
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types,
  });
  // A connection that breaks while nobody uses it is replaced; one in use tells its user by the query that fails.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: homeDialect(new PostgresDriver(pool), false) });
  try {
    return await KyselyDatabase.open(db, 'postgres');
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
