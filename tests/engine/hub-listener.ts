/** A page without a picture: everything that the hub says, to be waited for. */
import {
  type CoachEvent,
  emptySnapshot,
  type HubMessage,
  hubMessage,
  type LapEvent,
  readSnapshot,
  statuses,
} from '@racing-coach/contract';
import WebSocket from 'ws';

export class HubListener {
  readonly messages: HubMessage[] = [];
  /** The statuses that snapshots had, each once in a row. */
  readonly statuses: string[] = [];
  snapshots = 0;
  readonly #socket: WebSocket;
  readonly #snapshot = emptySnapshot();

  constructor(hub: string) {
    this.#socket = new WebSocket(hub);
    this.#socket.on('error', () => {});
    this.#socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.messages.push(hubMessage.parse(JSON.parse(data.toString())));
      else this.#take(data);
    });
  }

  #take(data: Buffer): void {
    this.snapshots += 1;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const code = statuses[readSnapshot(view, this.#snapshot).status]?.code ?? '';
    if (this.statuses.at(-1) !== code) this.statuses.push(code);
  }

  get events(): CoachEvent[] {
    return this.messages.flatMap((message) => (message.type === 'event' ? [message.event] : []));
  }

  get references() {
    return this.messages.filter((message) => message.type === 'reference');
  }

  /** Complete laps whose time is settled. */
  get laps(): LapEvent[] {
    return this.events.flatMap((event) =>
      event.type === 'lap' && event.settled && event.complete ? [event] : [],
    );
  }

  async until(what: string, holds: (listener: this) => boolean, withinMs = 90_000): Promise<void> {
    const end = performance.now() + withinMs;
    while (!holds(this)) {
      if (performance.now() > end)
        throw new Error(`${what} did not happen; statuses: ${this.statuses.join(', ')}`);
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  close(): void {
    this.#socket.terminate();
  }
}
