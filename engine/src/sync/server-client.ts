/** The server over HTTP. What it answers is checked: only an answer that names what was sent, and its hash, counts as stored. */
import { type LapClaim, lapStored, type SessionUpload, sessionStored } from '@racing-coach/contract/server';
import * as z from 'zod';
import { type Answer, failureOf, later, type Outcome, problemOf } from './server-answer.ts';
import { nonsense, type ServerRequestOptions, ServerRequests } from './server-requests.ts';
import type { Failure, ServerIdentity, SyncServer } from './sync-server.ts';
import { claimHeader } from './upload-documents.ts';

const serverIdentity = z.object({ serverId: z.string().min(1).max(100), version: z.string().max(100) });
const knownLaps = z.object({ lapIds: z.array(z.string()) });

export class ServerClient implements SyncServer {
  readonly #requests: ServerRequests;

  constructor(options: ServerRequestOptions) {
    this.#requests = new ServerRequests(options);
  }

  /** A server that does not say is known by its address. */
  async identity(): Promise<ServerIdentity | Failure> {
    const answer = await this.#requests.ask('GET', '/api/v1/server');
    if ('kind' in answer) return answer;
    if (problemOf(answer)?.code === 'not-found') return { serverId: this.#requests.url, version: '' };
    return this.#checked(answer, serverIdentity) ?? failed(answer);
  }

  async putSession(id: string, session: SessionUpload): Promise<Outcome> {
    const path = `/api/v1/uploads/sessions/${encodeURIComponent(id)}`;
    const answer = await this.#requests.askJson('PUT', path, session);
    if ('kind' in answer) return answer;
    if (answer.status >= 300) return failureOf(answer);
    return this.#checked(answer, sessionStored)?.clientId === id ? { kind: 'stored' } : nonsense;
  }

  async putLap(id: string, claim: LapClaim, bytes: Uint8Array | null): Promise<Outcome> {
    const answer = await this.#requests.ask('PUT', `/api/v1/uploads/laps/${encodeURIComponent(id)}`, {
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
    const answer = await this.#requests.askJson('POST', '/api/v1/uploads/known', { lapIds });
    if ('kind' in answer) return answer;
    const known = this.#checked(answer, knownLaps);
    return known === null ? failed(answer) : { kind: 'known', lapIds: known.lapIds };
  }

  #checked<Schema extends z.ZodType>({ status, body }: Answer, schema: Schema): z.infer<Schema> | null {
    const parsed = schema.safeParse(body);
    return status < 300 && parsed.success ? parsed.data : null;
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
