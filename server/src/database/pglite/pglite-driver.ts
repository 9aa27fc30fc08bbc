/** Kysely's driver over the one session of PGlite. Kysely lends it to one at a time, so transactions run one after the other. */
import {
  AbortedTransactionError,
  type CompiledQuery,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { QueryError, refusalOf } from '../database-gone.ts';
import { beginStatement, type HomeConnection, queryResult, streamRefused } from '../home-connection.ts';
import type { PgliteSession } from './pglite-session.ts';

/** What PostgreSQL refused, as the other home says it. The worker has said so already. */
async function said<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    const refusal = refusalOf(error);
    throw refusal ? new QueryError(refusal) : error;
  }
}

class PgliteConnection implements HomeConnection {
  readonly #session: PgliteSession;
  readonly streamQuery = streamRefused;

  constructor(session: PgliteSession) {
    this.#session = session;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affected } = await said(this.#session.query(query.sql, query.parameters));
    return queryResult(rows, affected);
  }

  copyIn(statement: string, bytes: Uint8Array): Promise<number> {
    return said(this.#session.copyIn(statement, bytes));
  }

  copyOut(query: string): Promise<Uint8Array> {
    return said(this.#session.copyOut(query));
  }
}

export class PgliteDriver implements Driver {
  readonly #session: PgliteSession;
  readonly #connection: PgliteConnection;

  constructor(session: PgliteSession) {
    this.#session = session;
    this.#connection = new PgliteConnection(session);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PgliteConnection> {
    return this.#connection;
  }

  async beginTransaction(_: unknown, settings: TransactionSettings): Promise<void> {
    await this.#session.query(beginStatement(settings), []);
  }

  async commitTransaction(): Promise<void> {
    if (!(await this.#session.commit())) throw new AbortedTransactionError();
  }

  async rollbackTransaction(): Promise<void> {
    await this.#session.query('ROLLBACK', []);
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#session.close();
  }
}
