/** The server over HTTP. What it answers is checked: only an answer that names what was sent, and its hash, counts as stored. */
import { type LapClaim, lapStored, type SessionUpload, sessionStored } from '@racing-coach/contract/server';
import * as z from 'zod';
import { version } from '../version.ts';
import { retryAfterMs } from './back-off.ts';
import { AnswerTooLarge, guardedFetch } from './guarded-fetch.ts';
import { type Answer, failureOf, later, type Outcome, problemOf } from './server-answer.ts';
import type { Failure, ServerIdentity, SyncServer } from './sync-server.ts';
import { claimHeader } from './upload-documents.ts';

/** A lap file over a slow line. */
const timeLimitMs = 60_000;
const mostAnswerBytes = 1_000_000;

const serverIdentity = z.object({ serverId: z.string().min(1).max(100), version: z.string().max(100) });
const knownLaps = z.object({ lapIds: z.array(z.string()) });

export interface ServerClientOptions {
  /** The origin. */
  url: string;
  token: string;
  /** Ends what is being sent. */
  stopped: AbortSignal;
  now(): Date;
}

const nonsense = later(
  { code: 'answer-differs', text: 'The server’s answer is not what this version expects.' },
  { needsSomebody: true },
);

export class ServerClient implements SyncServer {
  readonly #options: ServerClientOptions;
  readonly #fetch: (request: Request) => Promise<Response>;

  constructor(options: ServerClientOptions) {
    this.#options = options;
    const { token, stopped } = options;
    const userAgent = `racing-coach/${version()}`;
    this.#fetch = guardedFetch({ token, stopped, timeLimitMs, mostBytes: mostAnswerBytes, userAgent });
  }

  /** A server that does not say is known by its address. */
  async identity(): Promise<ServerIdentity | Failure> {
    const answer = await this.#ask('GET', '/api/v1/server');
    if ('kind' in answer) return answer;
    if (problemOf(answer)?.code === 'not-found') return { serverId: this.#options.url, version: '' };
    return this.#checked(answer, serverIdentity) ?? failed(answer);
  }

  async putSession(id: string, session: SessionUpload): Promise<Outcome> {
    const answer = await this.#ask('PUT', `/api/v1/uploads/sessions/${encodeURIComponent(id)}`, {
      body: JSON.stringify(session),
      headers: { 'content-type': 'application/json' },
    });
    if ('kind' in answer) return answer;
    if (answer.status >= 300) return failureOf(answer);
    return this.#checked(answer, sessionStored)?.clientId === id ? { kind: 'stored' } : nonsense;
  }

  async putLap(id: string, claim: LapClaim, bytes: Uint8Array | null): Promise<Outcome> {
    const answer = await this.#ask('PUT', `/api/v1/uploads/laps/${encodeURIComponent(id)}`, {
      body: bytes === null ? null : new Uint8Array(bytes),
      headers: { 'lap-claim': claimHeader(claim), 'content-type': 'application/vnd.apache.parquet' },
    });
    if ('kind' in answer) return answer;
    if (answer.status >= 300) return failureOf(answer);
    const stored = this.#checked(answer, lapStored);
    const isThis = stored?.clientId === id && stored.sha256 === claim.lapFileSha256;
    return isThis ? { kind: 'stored' } : nonsense;
  }

  async known(lapIds: string[]): Promise<{ kind: 'known'; lapIds: string[] } | Failure> {
    const answer = await this.#ask('POST', '/api/v1/uploads/known', {
      body: JSON.stringify({ lapIds }),
      headers: { 'content-type': 'application/json' },
    });
    if ('kind' in answer) return answer;
    const known = this.#checked(answer, knownLaps);
    return known === null ? failed(answer) : { kind: 'known', lapIds: known.lapIds };
  }

  #checked<Schema extends z.ZodType>({ status, body }: Answer, schema: Schema): z.infer<Schema> | null {
    const parsed = schema.safeParse(body);
    return status < 300 && parsed.success ? parsed.data : null;
  }

  async #ask(
    method: string,
    path: string,
    more: RequestInit = {},
  ): Promise<Answer | ReturnType<typeof later>> {
    const { url, stopped, now } = this.#options;
    try {
      const response = await this.#fetch(new Request(new URL(path, url), { ...more, method }));
      const body: unknown = await response.json().catch(() => null);
      const wait = retryAfterMs(response.headers.get('retry-after'), now());
      return { status: response.status, body, retryAfterMs: wait };
    } catch (thrown) {
      stopped.throwIfAborted();
      return unreachable(thrown);
    }
  }
}

function failed(answer: Answer): Failure {
  if (answer.status < 300) return nonsense;
  const failure = failureOf(answer);
  // What is asked here is no lap: it cannot be refused for good.
  return failure.kind === 'later' || failure.kind === 'signed-out'
    ? failure
    : later(failure.refusal, { needsSomebody: true });
}

/** Node's words for a connection that failed are deep inside. */
function unreachable(thrown: unknown) {
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
