/** One request to a server and its answer, or why there is none. */
import type { paths } from '@racing-coach/contract/server-api';
import createClient, { type Client } from 'openapi-fetch';
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

/** The typed client of the checked-in `openapi.json`. */
export type Api = Client<paths>;

/** What a call of the client gives. */
interface Called {
  data?: unknown;
  error?: unknown;
  response: Response;
}

export class ServerRequests {
  readonly #options: ServerRequestOptions;
  readonly #api: Api;

  constructor(options: ServerRequestOptions) {
    this.#options = options;
    this.#api = this.#client(mostDocumentBytes);
  }

  get url(): string {
    return this.#options.url;
  }

  /** One call of the API; rejects only when everything is being stopped. */
  ask(call: (api: Api) => Promise<Called>): Promise<Answer | Later> {
    return this.#answer(() => call(this.#api));
  }

  /** As {@link ask}, for a file of at most so many bytes; the body of an answer that is well is an `ArrayBuffer`. */
  askFile(call: (api: Api) => Promise<Called>, mostBytes: number): Promise<Answer | Later> {
    return this.#answer(() => call(this.#client(mostBytes)));
  }

  #client(mostBytes: number): Api {
    const { url, token, stopped } = this.#options;
    const guard = { token, stopped, timeLimitMs, mostBytes, userAgent: `racing-coach/${version()}` };
    return createClient<paths>({ baseUrl: url, fetch: guardedFetch(guard) });
  }

  async #answer(call: () => Promise<Called>): Promise<Answer | Later> {
    const { now, stopped } = this.#options;
    try {
      const { data, error, response } = await call();
      const wait = retryAfterMs(response.headers.get('retry-after'), now());
      return { status: response.status, body: data ?? error ?? null, retryAfterMs: wait };
    } catch (thrown) {
      stopped.throwIfAborted();
      return unreachable(thrown);
    }
  }
}

/** Node's words for a connection that failed are deep inside. */
function unreachable(thrown: unknown): Later {
  const code = codeOf(thrown);
  // A page of somebody else is no JSON.
  if (thrown instanceof AnswerTooLarge || thrown instanceof SyntaxError) return nonsense;
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
