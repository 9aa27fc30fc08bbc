/** One request to a server and its answer, or why there is none. */
import { version } from '../version.ts';
import { retryAfterMs } from './back-off.ts';
import { AnswerTooLarge, guardedFetch } from './guarded-fetch.ts';
import { type Answer, type Later, later } from './server-answer.ts';

/** A lap file over a slow line. */
const timeLimitMs = 60_000;
/** Documents; a lap file says how large it may be. */
const mostDocumentBytes = 1_000_000;

export interface ServerRequestOptions {
  /** The origin. */
  url: string;
  /** Null before there is one. */
  token: string | null;
  /** Ends what is being sent. */
  stopped: AbortSignal;
  now(): Date;
}

export const nonsense = later(
  { code: 'answer-differs', text: 'The server’s answer is not what this version expects.' },
  { needsSomebody: true },
);

export class ServerRequests {
  readonly #options: ServerRequestOptions;

  constructor(options: ServerRequestOptions) {
    this.#options = options;
  }

  get url(): string {
    return this.#options.url;
  }

  /** Rejects only when everything is being stopped. */
  async ask(method: string, path: string, more: RequestInit = {}): Promise<Answer | Later> {
    const { now } = this.#options;
    const answer = await this.#send(method, path, more, mostDocumentBytes);
    if (!(answer instanceof Response)) return answer;
    const body: unknown = await answer.json().catch(() => null);
    return {
      status: answer.status,
      body,
      retryAfterMs: retryAfterMs(answer.headers.get('retry-after'), now()),
    };
  }

  /** The bytes of a file; else the answer, or why there is none. */
  async bytes(path: string, mostBytes: number): Promise<Uint8Array | Answer | Later> {
    const answer = await this.#send('GET', path, {}, mostBytes);
    if (!(answer instanceof Response)) return answer;
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    const body: unknown = await answer.json().catch(() => null);
    return { status: answer.status, body, retryAfterMs: null };
  }

  askJson(method: string, path: string, document: unknown): Promise<Answer | Later> {
    const headers = { 'content-type': 'application/json' };
    return this.ask(method, path, { body: JSON.stringify(document), headers });
  }

  async #send(method: string, path: string, more: RequestInit, mostBytes: number): Promise<Response | Later> {
    const { url, token, stopped } = this.#options;
    const guard = { token, stopped, timeLimitMs, mostBytes, userAgent: `racing-coach/${version()}` };
    try {
      return await guardedFetch(guard)(new Request(new URL(path, url), { ...more, method }));
    } catch (thrown) {
      stopped.throwIfAborted();
      return unreachable(thrown);
    }
  }
}

/** Node's words for a connection that failed are deep inside. */
function unreachable(thrown: unknown): Later {
  const code = codeOf(thrown);
  if (thrown instanceof AnswerTooLarge) return nonsense;
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return later({ code: 'timeout', text: 'The server takes too long to answer.' });
  if (/CERT|SIGNATURE|SELF_SIGNED|ALTNAME/.test(code))
    return later(
      { code: 'certificate', text: `The server’s certificate is not trusted (${code}). Nothing was sent.` },
      { needsSomebody: true },
    );
  return later({ code: 'unreachable', text: `The server cannot be reached (${code}).` });
}

function codeOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
