/** What a home adds to Kysely: the dialect of both, and connections that can COPY. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Tables } from './tables.ts';

export interface HomeConnection extends DatabaseConnection {
  /** `COPY table (columns)`, completed here; resolves to the rows. */
  copyIn(statement: string, bytes: Uint8Array): Promise<number>;
  copyOut(query: string): Promise<Uint8Array>;
}

/** Lends the connection of a transaction, or any when there is none. */
export function withConnection<Result>(
  db: Kysely<Tables>,
  use: (connection: HomeConnection) => Promise<Result>,
): Promise<Result> {
  return db.getExecutor().provideConnection((connection) => use(connection as HomeConnection));
}

/** Kysely's dialect over a home's driver. With one session only, Kysely itself lets the next one wait. */
export function homeDialect(driver: Driver, oneSession: boolean): Dialect {
  class Adapter extends PostgresAdapter {
    override get supportsMultipleConnections() {
      return !oneSession;
    }
  }
  return {
    createDriver: () => driver,
    createAdapter: () => new Adapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

export function beginStatement(settings: TransactionSettings): string {
  const isolation = settings.isolationLevel ? ` ISOLATION LEVEL ${settings.isolationLevel}` : '';
  return `BEGIN${isolation}${settings.accessMode ? ` ${settings.accessMode}` : ''}`;
}

export type Rows = Record<string, unknown>[];

/** How Kysely wants a result. */
export function queryResult<Row>(rows: Rows, affected: number | null): QueryResult<Row> {
  const result = { rows: rows as Row[] };
  return affected === null ? result : { ...result, numAffectedRows: BigInt(affected) };
}

/** One answer is one array here: lists are paged. */
export function streamRefused(_query: CompiledQuery): never {
  throw new Error('streaming is not supported');
}
