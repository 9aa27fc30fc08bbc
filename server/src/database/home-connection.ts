/** What a home adds to Kysely: the dialect of both, and connections that can COPY. */
import { AsyncLocalStorage } from 'node:async_hooks';
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

/** For whom the transaction that begins next in this work is; null for the system. Sent with its BEGIN: a way to the database less for every request. */
export const beginningFor = new AsyncLocalStorage<string | null>();

const userId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One text of one or two statements, without parameters. */
export function beginStatement(settings: TransactionSettings): string {
  const isolation = settings.isolationLevel ? ` ISOLATION LEVEL ${settings.isolationLevel}` : '';
  const begin = `BEGIN${isolation}${settings.accessMode ? ` ${settings.accessMode}` : ''}`;
  const viewerId = beginningFor.getStore() ?? null;
  if (viewerId === null) return begin;
  // It stands in the text: anything but an id of ours must not get there.
  if (!userId.test(viewerId)) throw new Error('a viewer is named by an id');
  return `${begin}; SELECT set_config('racing_coach.viewer_id', '${viewerId}', true), set_config('role', 'racing_coach_viewer', true)`;
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
