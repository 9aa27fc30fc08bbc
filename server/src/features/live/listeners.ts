/**
 * Open sockets and what they are sent. A slow one never makes a queue: what it has not taken is dropped and it is told to load again. Rights are asked of the
 * database with each event; a socket whose token ended is closed.
 */
import type { ListEvent } from '@racing-coach/contract/server';
import type { WebSocket } from 'ws';
import type { SignedIn } from '../../access.ts';
import type { ServerEvent } from '../../events/events.ts';
import type { AppParts } from '../../parts.ts';
import { stillGood, whoHears } from './repository.ts';

export interface Listener {
  socket: WebSocket;
  signedIn: SignedIn;
  /** Something was dropped since it last took everything. */
  missed: boolean;
  alive: boolean;
}

/** What may wait in a socket before events are dropped. */
const mostBufferedBytes = 64 * 1024;
/** For one user; a person has a few windows. */
export const mostOfOneUser = 20;
/** RFC 6455: a message broke a policy of the server's. */
const policyViolation = 1008;
/** RFC 6455, registered: try again later. */
const tryAgainLater = 1013;

export class Listeners {
  readonly #parts: Pick<AppParts, 'database' | 'clock'>;
  readonly #all = new Set<Listener>();
  /** Events are delivered in order, one question to the database at a time. */
  #delivering: Promise<void> = Promise.resolve();

  constructor(parts: Pick<AppParts, 'database' | 'clock'>) {
    this.#parts = parts;
  }

  get count(): number {
    return this.#all.size;
  }

  add(socket: WebSocket, signedIn: SignedIn): void {
    const ofUser = [...this.#all].filter((each) => each.signedIn.userId === signedIn.userId).length;
    if (ofUser >= mostOfOneUser) {
      socket.close(tryAgainLater, 'Too many connections of this account.');
      return;
    }
    const listener: Listener = { socket, signedIn, missed: false, alive: true };
    this.#all.add(listener);
    socket.on('pong', () => {
      listener.alive = true;
    });
    // Nothing is expected of a listener.
    socket.on('message', () => socket.close(policyViolation, 'Nothing is taken here.'));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#all.delete(listener));
    send(listener, { type: 'hello', protocol: 1 });
  }

  deliver(event: ServerEvent): Promise<void> {
    this.#delivering = this.#delivering.then(() => this.#deliver(event));
    return this.#delivering;
  }

  resyncAll(): void {
    for (const listener of this.#all) send(listener, { type: 'resync' });
  }

  /** Every half minute: who does not answer, or is no longer signed in, goes. */
  async sweep(): Promise<void> {
    const listeners = [...this.#all];
    if (listeners.length === 0) return;
    const tokenIds = [...new Set(listeners.map((each) => each.signedIn.tokenId))];
    const good = await this.#parts.database
      .asSystem((trx) => stillGood(trx, tokenIds, this.#parts.clock()))
      .catch(() => null);
    for (const listener of listeners) {
      if (good !== null && !good.has(listener.signedIn.tokenId))
        listener.socket.close(policyViolation, 'Signed out.');
      else if (!listener.alive) listener.socket.terminate();
      else {
        listener.alive = false;
        listener.socket.ping();
      }
    }
  }

  closeAll(): void {
    for (const { socket } of this.#all) socket.close(1001, 'The server is going away.');
  }

  async #deliver({ event, ownerId }: ServerEvent): Promise<void> {
    const listeners = [...this.#all];
    if (listeners.length === 0) return;
    const tokenIds = [...new Set(listeners.map((each) => each.signedIn.tokenId))];
    const sessionId =
      event.type === 'lap.finished' || event.type === 'session.changed' ? event.sessionId : null;
    const hear = await this.#parts.database
      .asSystem((trx) => whoHears(trx, { tokenIds, ownerId, sessionId, now: this.#parts.clock() }))
      .catch(() => null);
    for (const listener of listeners) {
      // The database did not say: everyone may have missed something, and loads again with his own rights.
      if (hear === null) send(listener, { type: 'resync' });
      else if (hear.has(listener.signedIn.tokenId)) send(listener, event);
    }
  }
}

function send(listener: Listener, event: ListEvent): void {
  const { socket } = listener;
  if (socket.bufferedAmount > mostBufferedBytes) {
    listener.missed = true;
    return;
  }
  const whole = listener.missed ? ({ type: 'resync' } satisfies ListEvent) : event;
  listener.missed = false;
  socket.send(JSON.stringify(whole));
}
