/** The server over HTTP. What it answers is checked: only an answer that names what was sent, and its hash, counts as stored. */
import {
  knownAnswer,
  type LapClaim,
  lapStored,
  type ServerIdentity,
  type SessionUpload,
  serverIdentity,
  sessionStored,
} from '@racing-coach/contract/server';
import type * as z from 'zod';
import { type Answer, failureOf, later, type Outcome, problemOf } from './server-answer.ts';
import { nonsense, type ServerRequestOptions, ServerRequests } from './server-requests.ts';
import type { Failure, SyncServer } from './sync-server.ts';
import { claimHeader } from './upload-documents.ts';

export class ServerClient implements SyncServer {
  readonly #requests: ServerRequests;

  constructor(options: ServerRequestOptions) {
    this.#requests = new ServerRequests(options);
  }

  /** A server that does not say is known by its address. */
  async identity(): Promise<ServerIdentity | Failure> {
    const answer = await this.#requests.ask((api) => api.GET('/api/v1/server'));
    if ('kind' in answer) return answer;
    if (problemOf(answer)?.code === 'not-found') return { serverId: this.#requests.url, version: '' };
    return this.#checked(answer, serverIdentity) ?? failed(answer);
  }

  async putSession(id: string, session: SessionUpload): Promise<Outcome> {
    const params = { path: { sessionId: id } };
    const answer = await this.#requests.ask((api) =>
      api.PUT('/api/v1/uploads/sessions/{sessionId}', { params, body: session }),
    );
    if ('kind' in answer) return answer;
    if (answer.status >= 300) return failureOf(answer);
    return this.#checked(answer, sessionStored)?.clientId === id ? { kind: 'stored' } : nonsense;
  }

  async putLap(id: string, claim: LapClaim, bytes: Uint8Array | null): Promise<Outcome> {
    const params = { path: { lapId: id }, header: { 'lap-claim': claimHeader(claim) } };
    const answer = await this.#requests.ask((api) =>
      api.PUT('/api/v1/uploads/laps/{lapId}', { params, ...lapFileBody(bytes) }),
    );
    if ('kind' in answer) return answer;
    if (answer.status >= 300) return failureOf(answer);
    const stored = this.#checked(answer, lapStored);
    const isThis = stored?.clientId === id && stored.sha256 === claim.lapFileSha256;
    return isThis ? { kind: 'stored' } : nonsense;
  }

  async known(lapIds: string[]): Promise<{ kind: 'known'; lapIds: string[] } | Failure> {
    const answer = await this.#requests.ask((api) => api.POST('/api/v1/uploads/known', { body: { lapIds } }));
    if ('kind' in answer) return answer;
    const known = this.#checked(answer, knownAnswer);
    return known === null
      ? failed(answer)
      : { kind: 'known', lapIds: [...known.laps.map((lap) => lap.clientId), ...known.removed] };
  }

  #checked<Schema extends z.ZodType>({ status, body }: Answer, schema: Schema): z.infer<Schema> | null {
    const parsed = schema.safeParse(body);
    return status < 300 && parsed.success ? parsed.data : null;
  }
}

/** The document of the API has no schema for bytes: the type of this body is `never` there. */
function lapFileBody(bytes: Uint8Array | null) {
  if (bytes === null) return {};
  const headers = { 'content-type': 'application/vnd.apache.parquet' };
  return {
    body: bytes as never,
    bodySerializer: (body: unknown) => body as Uint8Array<ArrayBuffer>,
    headers,
  };
}

function failed(answer: Answer): Failure {
  if (answer.status < 300) return nonsense;
  const failure = failureOf(answer);
  // What is asked here is no lap: it cannot be refused for good.
  return failure.kind === 'later' || failure.kind === 'signed-out'
    ? failure
    : later(failure.refusal, { needsSomebody: true });
}
