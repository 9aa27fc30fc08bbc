/** SQL on the store's file: statements are prepared once, every write is one transaction, SQLite's failures become coded errors. */
import { writeFileSync } from 'node:fs';
import type { CodedError } from '@racing-coach/contract';
import type Database from 'better-sqlite3';
import { openStoreFile, type StoreFileOptions, storeError, suspicionFile } from './store-file.ts';
import type { Row } from './store-rows.ts';

export class SqliteConnection {
  /** What the user should know about the opening; null when all is well. */
  readonly notice: CodedError | null;
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(options: StoreFileOptions) {
    const { database, notice } = openStoreFile(options);
    this.#database = database;
    this.#path = options.path;
    this.notice = notice;
  }

  /** One transaction; SQLite undoes it when anything in it fails. */
  write<Result>(act: () => Result): Result {
    return this.#guard(() => this.#database.transaction(act).immediate());
  }

  all(sql: string, ...values: unknown[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...values) as Row[]);
  }

  one(sql: string, ...values: unknown[]): Row | null {
    return this.#guard(() => (this.#statement(sql).get(...values) as Row | undefined) ?? null);
  }

  /** How many rows it changed. Only within {@link write}. */
  run(sql: string, ...values: unknown[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  close(): void {
    this.#database.close();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (thrown) {
      const error = storeError(thrown, this.#path);
      if (error.code === 'store-damaged') writeFileSync(suspicionFile(this.#path), '');
      throw error;
    }
  }
}
