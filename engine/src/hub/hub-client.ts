/**
 * One page on the hub. A snapshot is sent only when the one before it has left for the kernel; while it has not, newer ones replace each
 * other, so a slow page gets the newest and never a queue. Events are never dropped: a page that lets too many pile up is hopeless and
 * is closed with a reason, so that what it missed is plain to it when it comes back. Of messages about what changes slowly the newest of each type is kept,
 * as with snapshots.
 *
 * The kernels between hub and page hold megabytes, which is minutes of snapshots: a page that stood still would be shown all of them when
 * it goes on. So a ping follows every few snapshots, and what has not been answered is limited; any WebSocket answers pings by itself.
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
export const closeCodes = {
  protocol: 4001,
  badMessage: 4002,
  tooSlow: 4003,
  renewed: 4004,
  restart: 4005,
  ending: 1001,
} as const;

/** Half a minute of events at their densest is a few kilobytes; a page that is a megabyte behind reads nothing. */
const hopelessBytes = 1_048_576;
/** With events waiting, snapshots wait too, or they would queue behind them. */
const busyBytes = 65_536;
/** A ping after so many snapshots: four times a second at 60 Hz. */
const snapshotsPerPing = 15;
/** So many more may follow a ping that was not answered yet: a page is at most three quarters of a second behind at 60 Hz. */
const mostUnanswered = 30;

export class HubClient {
  /** What the page calls itself; empty until it said. */
  name = '';
  readonly #socket: HubSocket;
  #sending = false;
  #waiting: Uint8Array | null = null;
  readonly #waitingTexts = new Map<string, string>();
  #sincePing = 0;
  #pinged = false;
  #alive = true;
  #closed = false;

  constructor(socket: HubSocket) {
    this.#socket = socket;
  }

  /** `bytes` must not change afterwards. */
  snapshot(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#mustWait()) this.#waiting = bytes;
    else this.#sendSnapshot(bytes);
  }

  /** A message that takes the place of an earlier one of its type which has not left yet. */
  newest(type: string, message: string): void {
    if (this.#closed) return;
    if (this.#mustWait()) this.#waitingTexts.set(type, message);
    else this.text(message);
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
    this.#waitingTexts.clear();
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
    this.#pinged = false;
    this.#sendWaiting();
  }

  #mustWait(): boolean {
    const unanswered = this.#pinged && this.#sincePing >= mostUnanswered;
    return this.#sending || unanswered || this.#socket.bufferedAmount > busyBytes;
  }

  #sendSnapshot(bytes: Uint8Array): void {
    this.#sending = true;
    this.#waiting = null;
    this.#socket.send(bytes, { binary: true }, this.#snapshotSent);
    this.#sincePing += 1;
    if (this.#pinged || this.#sincePing < snapshotsPerPing) return;
    this.#pinged = true;
    this.#sincePing = 0;
    this.#socket.ping();
  }

  /** Made once, so that a tick makes no closure. */
  readonly #snapshotSent = (error?: Error): void => {
    this.#sending = false;
    if (error === undefined) this.#sendWaiting();
  };

  readonly #sent = (error?: Error): void => {
    if (error === undefined) this.#sendWaiting();
  };

  /** The texts first: a snapshot that waits is replaced sixty times a second, and would never let them through. */
  #sendWaiting(): void {
    for (const [type, message] of this.#waitingTexts) {
      if (this.#closed || this.#mustWait()) return;
      this.#waitingTexts.delete(type);
      this.text(message);
    }
    if (this.#closed || this.#waiting === null || this.#mustWait()) return;
    this.#sendSnapshot(this.#waiting);
  }

  #giveUp(): void {
    this.close(closeCodes.tooSlow, 'too slow: reload the page');
    // A page that reads nothing does not answer the close either.
    this.#socket.terminate();
  }
}
