/**
 * One page on the hub. A snapshot is sent only when the one before it has left for the kernel; while it has not, newer ones replace each
 * other, so a slow page gets the newest and never a queue. Events are never dropped: a page that lets too many pile up is hopeless and
 * is closed with a reason, so that what it missed is plain to it when it comes back.
 */

/** What is needed of a WebSocket: tests hand in their own. */
export interface HubSocket {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array, options: { binary: boolean }, sent: (error?: Error) => void): void;
  close(code: number, reason: string): void;
  terminate(): void;
  ping(): void;
}

/** Close codes of ours (4000 to 4999 are free for applications). */
export const closeCodes = { protocol: 4001, badMessage: 4002, tooSlow: 4003, ending: 1001 } as const;

/** Half a minute of events at their densest is a few kilobytes; a page that is a megabyte behind reads nothing. */
const hopelessBytes = 1_048_576;
/** With events waiting, snapshots wait too, or they would queue behind them. */
const busyBytes = 65_536;

export class HubClient {
  readonly #socket: HubSocket;
  #sending = false;
  #waiting: Uint8Array | null = null;
  #alive = true;
  #closed = false;

  constructor(socket: HubSocket) {
    this.#socket = socket;
  }

  /** `bytes` must not change afterwards. */
  snapshot(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#sending || this.#socket.bufferedAmount > busyBytes) this.#waiting = bytes;
    else this.#sendSnapshot(bytes);
  }

  text(message: string): void {
    if (this.#closed) return;
    if (this.#socket.bufferedAmount > hopelessBytes) this.#giveUp();
    else this.#socket.send(message, { binary: false }, this.#sent);
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#waiting = null;
    this.#socket.close(code, reason);
  }

  /** Called at intervals: a page that did not answer the last ping is gone. Returns whether it still lives. */
  checkAlive(): boolean {
    if (!this.#alive) {
      this.#closed = true;
      this.#socket.terminate();
      return false;
    }
    this.#alive = false;
    this.#socket.ping();
    // A snapshot that waited for events to leave goes out at the latest now, should none follow it.
    this.#sendWaiting();
    return true;
  }

  answered(): void {
    this.#alive = true;
  }

  #sendSnapshot(bytes: Uint8Array): void {
    this.#sending = true;
    this.#waiting = null;
    this.#socket.send(bytes, { binary: true }, this.#snapshotSent);
  }

  /** Made once, so that a tick makes no closure. */
  readonly #snapshotSent = (error?: Error): void => {
    this.#sending = false;
    if (error === undefined) this.#sendWaiting();
  };

  readonly #sent = (error?: Error): void => {
    if (error === undefined) this.#sendWaiting();
  };

  #sendWaiting(): void {
    if (this.#closed || this.#sending || this.#waiting === null) return;
    if (this.#socket.bufferedAmount <= busyBytes) this.#sendSnapshot(this.#waiting);
  }

  #giveUp(): void {
    this.close(closeCodes.tooSlow, 'too slow: reload the page');
    // A page that reads nothing does not answer the close either.
    this.#socket.terminate();
  }
}
