/**
 * What goes wrong with a database, the same from every home. Neither holds values of a query: they may be addresses or hashes, and errors are logged.
 */

/**
 * The database does not answer, or stopped answering in the middle of something: not started, restarted, out of connections, its worker dead. If that
 * was during a commit, nobody knows whether it happened: whoever repeats the work must be able to.
 */
export class DatabaseGone extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'DatabaseGone';
  }
}

/** What PostgreSQL says of a query that it refused. */
export interface Refusal {
  message: string;
  /** SQLSTATE, as `23505` for a value that has to be unique. */
  code: string;
  constraint: string | null;
  table: string | null;
}

/** A query that the database refused. */
export class QueryError extends Error implements Refusal {
  readonly code: string;
  readonly constraint: string | null;
  readonly table: string | null;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'QueryError';
    this.code = refusal.code;
    this.constraint = refusal.constraint;
    this.table = refusal.table;
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);

/** Of an error that a driver threw, or null when it is not PostgreSQL that says it. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  const fields = error as Error & Record<'code' | 'severity' | 'constraint' | 'table', unknown>;
  if (typeof fields.code !== 'string' || typeof fields.severity !== 'string') return null;
  return {
    message: error.message,
    code: fields.code,
    constraint: text(fields.constraint),
    table: text(fields.table),
  };
}
