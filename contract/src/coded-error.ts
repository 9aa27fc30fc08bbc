/**
 * The errors that a user can see. The list with its sentences is `contract/tables/errors.json`; Rust makes its errors from the same
 * table, so a code means one thing everywhere. The first sentence a user reads is `message`; `code` is for scripts.
 */
import { type ErrorCode, errors } from './generated/tables.ts';

export type ErrorData = Record<string, string | number>;

const templates = new Map<string, string>(errors.map((row) => [row.code, row.text]));

/** Fills the `{name}` places of a code's sentence; a place without a value stays as it is, so that the mistake shows. */
export function errorText(code: ErrorCode, data: ErrorData): string {
  const template = templates.get(code) ?? code;
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(data[name] ?? place));
}

/** Whether a string is a code of the table: native errors carry theirs as a plain string. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && templates.has(code);
}

/** An error with a code of the table and the values that its sentence was made from. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, data: ErrorData = {}, options: ErrorOptions & { message?: string } = {}) {
    super(
      options.message ?? errorText(code, data),
      options.cause === undefined ? {} : { cause: options.cause },
    );
    this.name = 'CodedError';
    this.code = code;
    this.data = data;
  }

  /** Any thrown value as a coded error; one that carries no code of ours is `internal`. */
  static from(thrown: unknown): CodedError {
    if (thrown instanceof CodedError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (isErrorCode(code)) return new CodedError(code, {}, { message, cause: thrown });
    return new CodedError('internal', { cause: message }, { cause: thrown });
  }

  /** What `--json` documents and worker messages carry. */
  toJSON(): { code: ErrorCode; message: string } {
    return { code: this.code, message: this.message };
  }
}
