/**
 * Those who watch their lists. Each event goes, in order, to whoever may hear of it at that moment. Nobody has a queue: whoever reads too slowly, or missed
 * something because the database or Redis did not answer, is told to load his lists again as soon as he can be told.
 */
import type { ListEvent } from '@racing-coach/contract/server';
import type { SignedIn } from '../../access.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Events, ServerEvent } from '../../events/events.ts';
import { audienceOf, validTokensQuery } from './repository.ts';

/** What of `ws`' WebSocket is used. */
export interface LiveSocket {
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(text: string): void;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'close' | 'pong' | 'message' | 'error', listener: () => void): unknown;
}

const open = 1;
/** Of RFC 6455: the other end did what it may not do, or may not be here. */
const notAllowed = 1008;
const tryLater = 1013;
const events = { hello: { type: 'hello', protocol: 1 }, resync: { type: 'resync' } } as const;

export interface LiveOptions {
  database: Database;
  events: Events;
  clock: Clock;
  log: { warn(facts: object, text: string): void };
  heartbeatMs?: number;
  mostPerUser?: number;
  /** What may wait in a socket. */
  mostWaitingBytes?: number;
  /** Events that may wait for the database. */
  mostWaitingEvents?: number;
}

interface Connection {
  socket: LiveSocket;
  userId: string;
  tokenId: string;
  /** Answered the last ping. */
  isThere: boolean;
  /** Missed something. */
  isBehind: boolean;
}

export class LiveDesk {
  readonly #options: Required<LiveOptions>;
  readonly #connections = new Set<Connection>();
  readonly #end: () => void;
  readonly #timer: NodeJS.Timeout;
  #delivering: Promise<void> = Promise.resolve();
  #waitingEvents = 0;

  constructor(options: LiveOptions) {
    this.#options = {
      heartbeatMs: 30_000,
      mostPerUser: 10,
      mostWaitingBytes: 64 * 1024,
      mostWaitingEvents: 1000,
      ...options,
    };
    this.#end = options.events.subscribe(
      (event) => this.#take(event),
      () => this.#allMissed(this.#connections),
    );
    this.#timer = setInterval(() => void this.beat(), this.#options.heartbeatMs).unref();
  }

  isFullFor(userId: string): boolean {
    let count = 0;
    for (const connection of this.#connections) if (connection.userId === userId) count += 1;
    return count >= this.#options.mostPerUser;
  }

  add(socket: LiveSocket, { userId, tokenId }: SignedIn): void {
    socket.on('error', () => undefined);
    if (this.isFullFor(userId)) {
      socket.close(tryLater, 'too many connections');
      return;
    }
    const connection: Connection = { socket, userId, tokenId, isThere: true, isBehind: false };
    this.#connections.add(connection);
    socket.on('close', () => this.#connections.delete(connection));
    socket.on('pong', () => {
      connection.isThere = true;
    });
    // Nothing is to be said here.
    socket.on('message', () => socket.close(notAllowed, 'this socket only tells'));
    this.#send(connection, events.hello);
  }

  /** Sees who is still there and may still be. Runs by itself; tests do not wait for it. */
  async beat(): Promise<void> {
    const connections = [...this.#connections];
    const valid = await this.#validTokens(connections);
    for (const connection of connections) {
      const { socket } = connection;
      if (valid !== null && !valid.has(connection.tokenId)) socket.close(notAllowed, 'signed out');
      else if (!connection.isThere) socket.terminate();
      else {
        connection.isThere = false;
        if (socket.readyState === open) socket.ping();
        if (connection.isBehind) this.#send(connection, events.resync);
      }
    }
  }

  /** Resolves when all events so far are delivered. */
  async settled(): Promise<void> {
    await this.#delivering;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#end();
    for (const { socket } of this.#connections) socket.terminate();
    this.#connections.clear();
  }

  #take(event: ServerEvent): void {
    if (this.#connections.size === 0) return;
    if (this.#waitingEvents >= this.#options.mostWaitingEvents) {
      this.#miss(this.#connections);
      return;
    }
    this.#waitingEvents += 1;
    this.#delivering = this.#delivering
      .then(() => this.#deliver(event))
      .finally(() => {
        this.#waitingEvents -= 1;
      });
  }

  async #deliver(event: ServerEvent): Promise<void> {
    const connections = [...this.#connections];
    if (connections.length === 0) return;
    const { database, clock, log } = this.#options;
    const tokenIds = [...new Set(connections.map((connection) => connection.tokenId))];
    try {
      const hearers = await database.asSystem((trx) => audienceOf(trx, event, tokenIds, clock()));
      for (const connection of connections)
        if (hearers.has(connection.tokenId)) this.#send(connection, event.event);
    } catch (err) {
      log.warn({ err }, 'an event was not delivered');
      this.#miss(connections);
    }
  }

  #send(connection: Connection, event: ListEvent): void {
    const { socket } = connection;
    if (socket.readyState !== open) return;
    if (socket.bufferedAmount > this.#options.mostWaitingBytes) {
      connection.isBehind = true;
      return;
    }
    // What comes now is in the lists that he loads as well.
    const told = connection.isBehind ? events.resync : event;
    connection.isBehind = false;
    socket.send(JSON.stringify(told));
  }

  #miss(connections: Iterable<Connection>): void {
    for (const connection of connections) connection.isBehind = true;
  }

  /** `resync` says nothing that anybody may not know. */
  #allMissed(connections: Iterable<Connection>): void {
    for (const connection of connections) this.#send(connection, events.resync);
  }

  /** Null when the database does not say: nobody is sent away for that. */
  async #validTokens(connections: Connection[]): Promise<Set<string> | null> {
    const tokenIds = [...new Set(connections.map((connection) => connection.tokenId))];
    if (tokenIds.length === 0) return new Set();
    try {
      const { database, clock } = this.#options;
      const rows = await database.asSystem((trx) => validTokensQuery(trx, tokenIds, clock()).execute());
      return new Set(rows.map((row) => row.id));
    } catch (err) {
      this.#options.log.warn({ err }, 'whether watchers are still signed in is not known');
      return null;
    }
  }
}
