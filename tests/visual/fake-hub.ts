/** A hub that plays the made-up lap, or a whole scripted session, to one page or many: what an engine sends, without an engine. */
import type { Server } from 'node:http';
import {
  type CornerEvent,
  emptySnapshot,
  type HubMessage,
  hubProtocol,
  type PageMessage,
  type Snapshot,
  snapshotBytes,
  snapshotLayoutHash,
  writeSnapshot,
} from '@racing-coach/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ScriptedSession } from '../../overlay/hud/scenes/scripted-session.ts';
import { drivenLapTimeS, driveTo } from '../../overlay/hud/scenes/synthetic-drive.ts';
import { cornerEvent } from '../../overlay/hud/scenes/synthetic-events.ts';
import { syntheticReference } from '../../overlay/hud/scenes/synthetic-lap.ts';

const tickMs = 1000 / 60;

export interface FakeHubOptions {
  token: string;
  layoutHash?: string;
  protocol?: number;
  /** What else a page is told when it comes. */
  board?: readonly HubMessage[];
}

export class FakeHub {
  /** What pages said. */
  readonly heard: PageMessage[] = [];
  /** As while the engine is gone: nobody is let in. */
  away = false;
  /** Alters each snapshot before it is sent. */
  change: (snapshot: Snapshot) => void = () => {};
  readonly #sockets: WebSocketServer;
  readonly #options: FakeHubOptions;
  readonly #snapshot: Snapshot = emptySnapshot();
  #timer: NodeJS.Timeout | null = null;

  constructor(server: Server, options: FakeHubOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      const url = new URL(request.url ?? '/', 'http://local');
      if (this.away || url.pathname !== '/hub' || url.searchParams.get('token') !== options.token)
        socket.destroy();
      else this.#sockets.handleUpgrade(request, socket, head, (client) => this.#greet(client));
    });
  }

  /** Drives from a time of the lap in real time; round and round. */
  drive(fromS: number): void {
    const startMs = performance.now();
    this.#timer = setInterval(() => {
      const nowMs = performance.now();
      driveTo(this.#snapshot, (fromS + (nowMs - startMs) / 1000) % drivenLapTimeS);
      this.#snapshot.sequence += 1;
      this.#snapshot.sample = Math.round((nowMs - startMs) / tickMs);
      this.#snapshot.sessionTimeS = (nowMs - startMs) / 1000;
      this.change(this.#snapshot);
      this.#send(this.#snapshot);
    }, tickMs);
  }

  /** A session in real time, every tick of it, until it is stopped; late ticks come at once. */
  play(session: ScriptedSession): void {
    this.#pace(() => this.tick(session));
  }

  /** The same row of the session again and again: a car that stands, of which nothing changes. */
  stand(session: ScriptedSession): void {
    session.stand();
    this.#pace(() => {
      session.stand();
      this.#send(session.snapshot);
    });
  }

  /** One tick of a session, now. */
  tick(session: ScriptedSession): void {
    for (const message of session.next()) this.say(message);
    this.#send(session.snapshot);
  }

  #pace(tick: () => void): void {
    const startMs = performance.now();
    let ticks = 0;
    this.#timer = setInterval(() => {
      for (; ticks < (performance.now() - startMs) / tickMs; ticks += 1) tick();
    }, 4);
  }

  #send(snapshot: Snapshot): void {
    snapshot.readAtMs = performance.now();
    const bytes = new Uint8Array(snapshotBytes);
    writeSnapshot(new DataView(bytes.buffer), snapshot);
    for (const client of this.#sockets.clients) client.send(bytes);
  }

  /** A verdict out of turn. */
  verdict(event: CornerEvent = cornerEvent('t4', 0.18)): void {
    this.say({ type: 'event', event });
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** As when the engine ends. */
  dropPages(): void {
    this.stop();
    for (const client of this.#sockets.clients) client.terminate();
  }

  #greet(client: WebSocket): void {
    client.on('message', (text) => this.heard.push(JSON.parse(String(text)) as PageMessage));
    const { protocol = hubProtocol, layoutHash = snapshotLayoutHash } = this.#options;
    const send = (message: HubMessage) => client.send(JSON.stringify(message));
    send({ type: 'hello', protocol, layoutHash, version: '0.0.0', nowMs: performance.now() });
    send({ type: 'reference', reference: syntheticReference() });
    for (const message of this.#options.board ?? []) send(message);
  }

  /** To every page. */
  say(message: HubMessage): void {
    for (const client of this.#sockets.clients) client.send(JSON.stringify(message));
  }
}
