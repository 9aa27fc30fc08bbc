import type { Problem, ProblemCode } from '@racing-coach/contract/server';

/** A problem to answer with. Anything else that is thrown becomes `internal`, and only the log has it. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  /** What the reply says besides the row of the table: nothing internal. */
  readonly extra: Partial<Pick<Problem, 'detail' | 'issues'>>;
  /** Seconds for `Retry-After`. */
  readonly retryAfterS: number | null;

  constructor(
    code: ProblemCode,
    extra: Partial<Pick<Problem, 'detail' | 'issues'>> & { retryAfterS?: number; cause?: unknown } = {},
  ) {
    const { retryAfterS, cause, ...rest } = extra;
    super(code, cause === undefined ? {} : { cause });
    this.name = 'ProblemError';
    this.code = code;
    this.extra = rest;
    this.retryAfterS = retryAfterS ?? null;
  }
}
