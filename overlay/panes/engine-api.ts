/**
 * How a pane asks the engine. From the hub the token comes from the page's own address and goes in a header; in the desktop app the shell adds it, and the page never
 * has it. Answers are checked: page and engine may be of different versions.
 */
import type * as z from 'zod';

/** What the engine said no to; `field` is the setting's path where it is about one. */
export class Refusal extends Error {
  readonly code: string;
  readonly field: string | null;
  constructor(code: string, message: string, field: string | null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** The engine did not answer at all: what was asked may be asked again. */
export class Away extends Error {
  constructor() {
    super('The engine does not answer.');
  }
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const withinMs = 8000;

export class EngineApi {
  readonly #page: URL;
  readonly #fetch: Fetch;

  constructor(page: URL, fetch: Fetch) {
    this.#page = page;
    this.#fetch = fetch;
  }

  /** @throws Refusal, Away */
  protected async ask<Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    more: { body?: unknown; revision?: number | null; ms?: number } = {},
  ): Promise<z.infer<Schema>> {
    const response = await this.#send(method, path, more);
    const document: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refusal(document, response.status);
    const checked = schema.safeParse(document);
    if (!checked.success)
      throw new Refusal('differs', 'The engine is of another version than this page. Reload the page.', null);
    return checked.data;
  }

  async #send(
    method: string,
    path: string,
    { body, revision, ms = withinMs }: { body?: unknown; revision?: number | null; ms?: number },
  ): Promise<Response> {
    const token = this.#page.searchParams.get('token');
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (typeof revision === 'number') headers['if-match'] = `"${revision}"`;
    try {
      return await this.#fetch(new URL(`/api/${path}`, this.#page).href, {
        method,
        headers,
        signal: AbortSignal.timeout(ms),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Away();
    }
  }
}

function refusal(document: unknown, status: number): Error {
  // The shell's own answers while there is no engine.
  if (status === 502 || status === 503) return new Away();
  const { error, field } = (document ?? {}) as {
    error?: { code?: unknown; message?: unknown };
    field?: unknown;
  };
  if (typeof error?.message !== 'string')
    return new Refusal('refused', `The engine refused this (${status}).`, null);
  return new Refusal(String(error.code), error.message, typeof field === 'string' ? field : null);
}
