/** Which of `pg`'s errors say that the server is not there, and which that it refused. */
import { DatabaseGone, QueryError, refusalOf } from '../database-gone.ts';

/** The server goes down, comes up, or has no connection left: SQLSTATE classes 08 (connection) and parts of 57 and 53. */
const goneStates = /^(08...|57P0[123]|53300)$/;
const goneSystemErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ENOENT',
  'EAI_AGAIN',
]);
/** What `pg` and `pg-pool` say without a code. */
const goneMessages =
  /^Connection terminated|timeout exceeded when trying to connect|is not queryable|^Cannot use a pool after|^Query read timeout/;

function isGone(error: Error & { code?: unknown }): boolean {
  const code = typeof error.code === 'string' ? error.code : '';
  return goneStates.test(code) || goneSystemErrors.has(code) || goneMessages.test(error.message);
}

/** The error to throw instead. The address of the server stays in the cause, which is for the log alone. */
export function postgresError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (isGone(error)) return new DatabaseGone('The database does not answer.', error);
  const refusal = refusalOf(error);
  return refusal ? new QueryError(refusal) : error;
}
