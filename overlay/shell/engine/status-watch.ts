/**
 * The coach's status for the shell: hides windows while nobody drives and tells the tray what is going on. Listens to the hub like a page does,
 * and looks at one number of each snapshot. Comes back by itself for as long as it is not closed.
 */
import {
  emptySnapshot,
  helloMessage,
  hubProtocol,
  readSnapshot,
  snapshotBytes,
  snapshotLayoutHash,
  statuses,
} from '@racing-coach/contract';

/** What it needs of a WebSocket. */
export interface HubSocket {
  binaryType: string;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface StatusWatchOptions {
  open(): HubSocket;
  later(ms: number, run: () => void): () => void;
  /** A code of the table of statuses; null while the hub says nothing. Only when it changed. */
  onStatus(code: string | null): void;
}

const retryMs = 1000;

export class StatusWatch {
  readonly #options: StatusWatchOptions;
  readonly #snapshot = emptySnapshot();
  #socket: HubSocket | null = null;
  #cancelRetry = () => {};
  #closed = false;
  #fits = false;
  #status: string | null = null;

  constructor(options: StatusWatchOptions) {
    this.#options = options;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#socket?.close();
    this.#say(null);
  }

  #connect(): void {
    const socket = this.#options.open();
    this.#socket = socket;
    this.#fits = false;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => this.#take(data, socket);
    socket.onclose = () => {
      if (this.#closed) return;
      this.#say(null);
      this.#cancelRetry = this.#options.later(retryMs, () => this.#connect());
    };
  }

  #take(data: unknown, socket: HubSocket): void {
    if (typeof data === 'string') {
      if (!this.#fits && isOurHub(data)) {
        this.#fits = true;
        socket.send(JSON.stringify({ type: 'page', protocol: hubProtocol, name: 'shell' }));
      }
    } else if (this.#fits && data instanceof ArrayBuffer && data.byteLength === snapshotBytes) {
      readSnapshot(new DataView(data), this.#snapshot);
      this.#say(statuses[this.#snapshot.status]?.code ?? null);
    }
  }

  #say(status: string | null): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.onStatus(status);
  }
}

/** Bytes of another layout would be read as nonsense. */
function isOurHub(text: string): boolean {
  try {
    const hello = helloMessage.safeParse(JSON.parse(text));
    return (
      hello.success && hello.data.protocol === hubProtocol && hello.data.layoutHash === snapshotLayoutHash
    );
  } catch {
    return false;
  }
}
