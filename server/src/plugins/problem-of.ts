/** Which problem an error is. What is not known here is `internal`: nothing of it reaches a reply. */
import { type ProblemCode, problems } from '@racing-coach/contract/server';
import type * as z from 'zod';
import { ProblemError } from '../problem-error.ts';

/** A part of a request that its schema refuses; Fastify adds which part. */
export class InputError extends Error {
  readonly code = 'FST_ERR_VALIDATION';
  readonly statusCode = 422;
  validationContext?: string;
  readonly issues: z.core.$ZodIssue[];

  constructor(issues: z.core.$ZodIssue[]) {
    super('invalid input');
    this.issues = issues;
  }
}

const byCode: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-type',
  FST_ERR_CTP_EMPTY_TYPE: 'wrong-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_CP_ERR_INVALID_CONTENT_ENCODING: 'wrong-type',
  FST_CP_ERR_INVALID_CONTENT: 'bad-request',
  FST_ERR_HANDLER_TIMEOUT: 'busy',
  FST_UNDER_PRESSURE: 'busy',
  // Of PostgreSQL: text with a zero byte, a deadlock, a transaction that lost; then all that means that nobody answers.
  '22021': 'bad-request',
  '22P05': 'bad-request',
  '40001': 'busy',
  '40P01': 'busy',
  '53300': 'unavailable',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '08000': 'unavailable',
  '08001': 'unavailable',
  '08003': 'unavailable',
  '08006': 'unavailable',
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  EPIPE: 'unavailable',
};

/** For errors of Fastify and its plugins that carry a status alone. */
const byStatus: Record<number, ProblemCode> = {
  400: 'bad-request',
  404: 'not-found',
  406: 'not-acceptable',
  408: 'request-timeout',
  413: 'too-large',
  // An id longer than any: nothing can be there.
  414: 'not-found',
  415: 'wrong-type',
  429: 'too-many-requests',
};

const parts: Record<string, 'path' | 'query' | 'header' | 'body'> = {
  params: 'path',
  querystring: 'query',
  headers: 'header',
};

export function problemOf(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof InputError) return invalidInput(thrown);
  if (!(thrown instanceof Error)) return new ProblemError('internal', { cause: thrown });
  const { code, statusCode } = thrown as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? byCode[code] : undefined;
  if (thrown.name === 'DatabaseGone') return new ProblemError('unavailable', { cause: thrown });
  if (known !== undefined) return new ProblemError(known, { cause: thrown });
  // `__proto__` in a body: the parser's own error.
  if (thrown instanceof SyntaxError && statusCode === 400)
    return new ProblemError('bad-json', { cause: thrown });
  const plain =
    typeof code === 'string' && code.startsWith('FST_') ? byStatus[Number(statusCode)] : undefined;
  return new ProblemError(plain ?? 'internal', { cause: thrown });
}

/** Of RFC 6901. */
const pointerPart = (part: PropertyKey) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function invalidInput({ issues, validationContext }: InputError): ProblemError {
  const place = parts[validationContext ?? ''] ?? 'body';
  return new ProblemError('invalid', {
    issues: issues.slice(0, 20).map((issue) => ({
      in: place,
      pointer: issue.path.map(pointerPart).join(''),
      message: issue.message.slice(0, 300),
    })),
  });
}

export const statusOf = (code: ProblemCode): number => problems[code][0];
