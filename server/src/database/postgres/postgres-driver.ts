/** Kysely's driver over a pool of connections. */
import { AbortedTransactionError, CompiledQuery, type Driver, type TransactionSettings } from 'kysely';
import type { Pool } from 'pg';
import { beginStatement } from '../home-connection.ts';
import { PostgresConnection } from './postgres-connection.ts';
import { postgresError } from './postgres-errors.ts';

export class PostgresDriver implements Driver {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    try {
      return new PostgresConnection(await this.#pool.connect());
    } catch (error) {
      throw postgresError(error);
    }
  }

  async beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(beginStatement(settings)));
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    if ((await connection.end('COMMIT')) !== 'COMMIT') throw new AbortedTransactionError();
  }

  /** What broke a connection has rolled back already, and is what the caller should hear of. */
  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    try {
      await connection.end('ROLLBACK');
    } catch {
      connection.discard();
    }
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}
