/** One connection of the pool, lent to one transaction. */
import { buffer } from 'node:stream/consumers';
import type { CompiledQuery, QueryResult } from 'kysely';
import type { PoolClient } from 'pg';
import { from, to } from 'pg-copy-streams';
import { DatabaseGone } from '../database-gone.ts';
import { type HomeConnection, queryResult, type Rows, streamRefused } from '../home-connection.ts';
import { postgresError } from './postgres-errors.ts';

const changes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

export class PostgresConnection implements HomeConnection {
  readonly #client: PoolClient;
  readonly streamQuery = streamRefused;
  #broken = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await this.#said(this.#client.query<Rows[number]>(query.sql, [...query.parameters]));
    // Several statements in one text give several results; the last one answers.
    const last = Array.isArray(result) ? (result as (typeof result)[]).at(-1) : result;
    const affected = last && changes.has(last.command) ? last.rowCount : null;
    return queryResult(last?.rows ?? [], affected);
  }

  /** Ends a transaction; resolves to what the server says it did, `COMMIT` or `ROLLBACK`. */
  async end(statement: 'COMMIT' | 'ROLLBACK'): Promise<string> {
    const { command } = await this.#said(this.#client.query(statement));
    return command;
  }

  copyIn(statement: string, bytes: Uint8Array): Promise<number> {
    const copy = this.#client.query(from(`${statement} FROM STDIN WITH (FORMAT binary)`));
    return this.#said(
      new Promise<number>((resolve, reject) => {
        copy.once('error', reject);
        copy.once('finish', () => resolve(copy.rowCount));
        copy.end(bytes);
      }),
    );
  }

  copyOut(query: string): Promise<Uint8Array> {
    return this.#said(buffer(this.#client.query(to(`COPY (${query}) TO STDOUT WITH (FORMAT binary)`))));
  }

  /** A connection that broke, or whose transaction could not be ended, is not lent again. */
  release(): void {
    this.#client.release(this.#broken);
  }

  discard(): void {
    this.#broken = true;
  }

  async #said<Result>(answer: Promise<Result>): Promise<Result> {
    try {
      return await answer;
    } catch (error) {
      const thrown = postgresError(error);
      if (thrown instanceof DatabaseGone) this.discard();
      throw thrown;
    }
  }
}
