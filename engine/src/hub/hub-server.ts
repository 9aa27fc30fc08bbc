/**
 * The hub's transport: HTTP for the pages and a WebSocket at `/hub?token=…`, on 127.0.0.1 only. Building is not listening: `HubServer.open`
 * does both and resolves when pages can connect.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PageUrls, TokenRenewed } from '@racing-coach/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import { newToken } from '../data/token.ts';
import { Access, type PageKind } from './access.ts';
import { type Api, answerApi, type ServerApi } from './api.ts';
import type { Hub } from './hub.ts';
import { openPort } from './open-port.ts';
import { pageUrls } from './page-urls.ts';
import { answerPage } from './pages.ts';
import { hostAllowed, originAllowed, securityHeaders } from './request-guard.ts';

/** Pages say their name and what they drew: more than this is not one of ours. */
const mostMessageBytes = 4096;
/** More pages than any desk has. */
const mostClients = 64;
const clockEveryMs = 1000;
/** A page that is gone without a word is noticed after two of these. */
const pingEveryMs = 10_000;

export interface HubServerOptions {
  hub: Hub;
  token: string;
  /** The wanted port; 0 for any. */
  port: number;
  pagesFolder: string;
  /** What is answered below `/api/`; absent: nothing. */
  api?: Api;
  /** The user's own voice packs. */
  voicesFolder?: string;
  pingEveryMs?: number;
  /** Makes a new token and keeps it; rejects when it cannot, and then the old one stays. Absent: it holds for this run. */
  makeToken?: () => Promise<string>;
  /** The addresses are others now. */
  onRenewed?: (urls: PageUrls) => void;
}

/** A request is answered with what is known of the server. */
interface Gate extends HubServerOptions {
  access: Access;
  server: ServerApi;
}

export class HubServer {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #hub: Hub;
  readonly #options: HubServerOptions;
  readonly #access: Access;
  readonly #timers: NodeJS.Timeout[];

  private constructor(port: number, server: Server, sockets: WebSocketServer, options: HubServerOptions) {
    this.port = port;
    this.#server = server;
    this.#sockets = sockets;
    this.#hub = options.hub;
    this.#options = options;
    this.#access = new Access(options.token);
    this.#timers = [
      setInterval(() => options.hub.publishClock(), clockEveryMs),
      setInterval(() => options.hub.dropDead(), options.pingEveryMs ?? pingEveryMs),
    ];
  }

  static async open(options: HubServerOptions): Promise<HubServer> {
    const server = createServer();
    const sockets = new WebSocketServer({
      noServer: true,
      maxPayload: mostMessageBytes,
      perMessageDeflate: false,
    });
    const port = await openPort(server, options.port);
    const opened = new HubServer(port, server, sockets, options);
    const gate: Gate = { ...options, port, access: opened.#access, server: opened };
    server.on('request', (request, response) => void answer(request, response, gate));
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const admitted = admit(request, gate);
      if (typeof admitted === 'number') rejectUpgrade(socket, admitted);
      else sockets.handleUpgrade(request, socket, head, (ws) => attach(ws, options.hub, admitted));
    });
    return opened;
  }

  /** The addresses that a person or a script needs. */
  urls(): PageUrls {
    return pageUrls(this.port, this.#access);
  }

  /** A new token: kept first, so that a full disk leaves everything as it was; then every page with the old one is closed. */
  async renewToken(): Promise<TokenRenewed> {
    const token = (await this.#options.makeToken?.()) ?? newToken();
    this.#access.replace(token);
    this.#hub.closeRenewed();
    const urls = this.urls();
    this.#options.onRenewed?.(urls);
    return { token, urls };
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#hub.close();
    await new Promise((done) => setTimeout(done, this.#sockets.clients.size > 0 ? 100 : 0));
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

/** What kind of page an upgrade comes from, or the status with which it is refused. */
function admit(request: IncomingMessage, gate: Gate): PageKind | number {
  if (!hostAllowed(request.headers.host, gate.port)) return 421;
  if (!originAllowed(request.headers.origin, gate.port)) return 403;
  const target = URL.parse(request.url ?? '/', 'http://hub');
  if (target === null) return 400;
  if (target.pathname !== '/hub') return 404;
  const kind = gate.access.kindOf(target.searchParams.get('token'));
  if (kind === null) return 401;
  if (gate.hub.clientCount >= mostClients) return 503;
  // A page for viewers stays one, also where its address was given the driver's token.
  return target.searchParams.get('for') === 'viewers' ? 'viewers' : kind;
}

function rejectUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function attach(socket: WebSocket, hub: Hub, kind: PageKind): void {
  const page = hub.join(socket, kind);
  socket.on('message', (data, isBinary) => page.message(isBinary ? null : data.toString()));
  socket.on('pong', page.pong);
  socket.on('close', page.left);
  // An error is always followed by the close, which is where the page is forgotten.
  socket.on('error', () => socket.terminate());
}

async function answer(request: IncomingMessage, response: ServerResponse, gate: Gate): Promise<void> {
  const send = (status: number, headers: Record<string, string>, body: string | Uint8Array) => {
    response.writeHead(status, { ...headers, ...securityHeaders(gate.port) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (!hostAllowed(request.headers.host, gate.port)) return send(421, {}, '');
  const target = URL.parse(request.url ?? '/', 'http://hub');
  if (gate.api !== undefined && target?.pathname.startsWith('/api/')) {
    const { status, headers, body } = await answerApi(request, target, {
      ...gate,
      api: { ...gate.api, server: gate.server },
      sound: (command) => gate.hub.soundCommand(command),
    });
    return send(status, headers, body);
  }
  if (!originAllowed(request.headers.origin, gate.port))
    return send(403, { 'cache-control': 'no-store' }, '');
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, { allow: 'GET, HEAD' }, '');
  if (target === null) return send(400, {}, '');
  const { status, headers, body } = await answerPage(
    target,
    { pages: gate.pagesFolder, voices: gate.voicesFolder ?? null },
    gate.access,
  );
  send(status, headers, body);
}
