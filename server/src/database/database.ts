/**
 * The database as repositories see it: one dialect, three homes (PGlite, PostgreSQL, TimescaleDB). Every piece of work is one transaction. Nothing
 * outside of this folder knows which home it is.
 *
 * `asViewer` is the way for everything that is done for a user: it is the second wall (row-level security) behind the repositories' own conditions.
 * Inside `work`, only the transaction it was given may be used: on PGlite, which has one session, anything else would wait for itself.
 */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export type Work = Transaction<Tables>;

/** Who asks. Repositories take it first. */
export interface Viewer {
  userId: string;
  role: 'admin' | 'user';
}

export interface Timescale {
  version: string;
  /** `apache` has hypertables and no compression, continuous aggregates or retention policies. */
  licence: 'timescale' | 'apache';
}

export interface Database {
  readonly home: 'pglite' | 'postgres';
  /** Of PostgreSQL, as `SHOW server_version` gives it. */
  readonly version: string;
  /** Null where the extension is not installed in this database. */
  readonly timescale: Timescale | null;
  /** One transaction with what the viewer may see. */
  asViewer<Result>(viewer: Viewer, work: (trx: Work) => Promise<Result>): Promise<Result>;
  /** One transaction with everything: signing in, jobs, migrations. */
  asSystem<Result>(work: (trx: Work) => Promise<Result>): Promise<Result>;
  /** A single statement that reads, with everything, in no transaction of ours: who asks is found so at every request. */
  look<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** `COPY … FROM STDIN (FORMAT binary)` in a transaction of its own that `before` opens; resolves to the rows. */
  copyIn(
    table: string,
    columns: string[],
    bytes: Uint8Array,
    before?: (trx: Work) => Promise<void>,
  ): Promise<number>;
  /** `COPY (query) TO STDOUT (FORMAT binary)`. */
  copyOut(query: string): Promise<Uint8Array>;
  /** Rejects when it does not answer within a second. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
