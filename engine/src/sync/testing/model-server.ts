/**
 * A server that keeps the contract for uploads and fails as it is told: a model to hold sync against. It checks what arrives by the contract's own schemas, and remembers what
 * arrived in which order.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lapClaim, type ProblemCode, problems, sessionUpload } from '@racing-coach/contract/server';

/**
 * What goes wrong with one request. `drop`: the connection ends before anything happened; `drop-after`: once it was stored, before the answer; `lie`: an answer
 * of somebody else; `wrong-id`: stored, and answered with another id; `hang`: no answer at all.
 */
export type Fault = 'drop' | 'drop-after' | 'lie' | 'wrong-id' | 'hang' | ProblemCode;

export interface Arrived {
  method: string;
  path: string;
}

interface ModelLap {
  claim: string;
  sha256: string | null;
}

export class ModelServer {
  serverId = serverIdOf('model-1');
  version = '1.0.0';
  token = 'good-token';
  retryAfter: string | null = null;
  /** Of each request: what goes wrong, or null. */
  fault: (request: Arrived) => Fault | null = () => null;
  /** What the poll of a pairing is answered with, one after the other; then it is approved. */
  pairing: ProblemCode[] = ['authorization_pending'];
  readonly sessions = new Map<string, string>();
  readonly laps = new Map<string, ModelLap>();
  /** Ids in the order in which they were stored first. */
  readonly order: string[] = [];
  readonly requests: Arrived[] = [];
  readonly #server: Server;
  readonly #hanging = new Set<ServerResponse>();

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async open(): Promise<ModelServer> {
    const model = new ModelServer();
    model.#server.listen(0, '127.0.0.1');
    await once(model.#server, 'listening');
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** An empty database, as after a new installation. */
  lose(name: string): void {
    this.serverId = serverIdOf(name);
    this.sessions.clear();
    this.laps.clear();
    this.order.length = 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const body = await bytesOf(request).catch(() => null);
    if (body === null) return;
    const arrived = { method, path: url };
    this.requests.push(arrived);
    const fault = this.fault(arrived);
    if (fault === 'drop') return void response.destroy();
    if (fault === 'hang') return void this.#hanging.add(response);
    if (fault === 'lie') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hotel');
    if (fault !== null && fault in problems) return this.#refuse(response, fault as ProblemCode);
    const document = this.#handle(request, body);
    if (fault === 'drop-after') return void response.destroy();
    if (typeof document === 'string') return this.#refuse(response, document);
    const told = fault === 'wrong-id' ? { ...document, clientId: 'other' } : document;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  }

  /** The answer, or the code of a problem. */
  #handle(request: IncomingMessage, body: Buffer): object | ProblemCode {
    const pairing = this.#pair(request.url ?? '');
    if (pairing !== null) return pairing;
    if (request.headers.authorization !== `Bearer ${this.token}`) return 'not-signed-in';
    const path = request.url ?? '';
    if (path === '/api/v1/auth/sign-out') {
      this.token = 'revoked';
      return {};
    }
    if (path === '/api/v1/server') return { serverId: this.serverId, version: this.version };
    if (path === '/api/v1/uploads/known') {
      const { lapIds } = JSON.parse(body.toString()) as { lapIds: string[] };
      const known = lapIds.filter((id) => this.laps.has(id));
      const fileOf = (id: string) => this.laps.get(id)?.sha256 ?? null;
      const laps = known.map((id) => ({ clientId: id, id: serverIdOf(id), lapFileSha256: fileOf(id) }));
      return { laps, removed: [] };
    }
    const [, kind, id = ''] = /^\/api\/v1\/uploads\/(sessions|laps)\/([^/]+)$/.exec(path) ?? [];
    if (kind === 'sessions') return this.#putSession(decodeURIComponent(id), body);
    if (kind === 'laps') return this.#putLap(decodeURIComponent(id), request, body);
    return 'not-found';
  }

  #pair(path: string): object | ProblemCode | null {
    if (path === '/api/v1/auth/device')
      return {
        deviceCode: 'device-code',
        userCode: 'BCDF-GHJK',
        verificationUri: `${this.url}/pair`,
        verificationUriComplete: `${this.url}/pair?code=BCDF-GHJK`,
        expiresInS: 600,
        intervalS: 1,
      };
    if (path !== '/api/v1/auth/device/token') return null;
    const answer = this.pairing.shift() ?? 'approved';
    if (answer !== 'approved') return answer;
    return { token: this.token, scopes: ['laps:write'], deviceId: serverIdOf('device'), userName: 'Ada' };
  }

  #putSession(id: string, body: Buffer): object | ProblemCode {
    if (!sessionUpload.safeParse(JSON.parse(body.toString())).success) return 'invalid';
    if (!this.sessions.has(id)) this.order.push(id);
    this.sessions.set(id, body.toString());
    return { id: serverIdOf(id), clientId: id };
  }

  #putLap(id: string, request: IncomingMessage, body: Buffer): object | ProblemCode {
    const text = Buffer.from(String(request.headers['lap-claim']), 'base64url').toString();
    const claim = lapClaim.safeParse(JSON.parse(text));
    if (!claim.success) return 'claim-invalid';
    const { lapFileSha256: sha256, sessionId } = claim.data;
    if ((sha256 ?? '') !== (body.length === 0 ? '' : createHash('sha256').update(body).digest('hex')))
      return 'hash-mismatch';
    if (!this.sessions.has(sessionId)) return 'session-missing';
    const before = this.laps.get(id);
    if (before !== undefined && before.claim !== text) return 'id-taken';
    if (before === undefined) this.order.push(id);
    this.laps.set(id, { claim: text, sha256 });
    return { id: serverIdOf(id), clientId: id, sha256 };
  }

  #refuse(response: ServerResponse, code: ProblemCode): void {
    const [status, title] = problems[code];
    const headers = { 'content-type': 'application/problem+json' };
    const wait = this.retryAfter === null ? {} : { 'retry-after': this.retryAfter };
    const document = { type: 'about:blank', title, status, code, requestId: 'r' };
    response.writeHead(status, { ...headers, ...wait }).end(JSON.stringify(document));
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A UUID that is the same for the same id. */
function serverIdOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
