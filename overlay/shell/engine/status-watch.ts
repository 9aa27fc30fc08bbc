/**
 * The coach's status for the shell: hides windows while nobody drives and tells the tray what is going on. Listens to the hub like a page does,
 * looks at one number of each snapshot, and notices that the settings changed. Comes back by itself for as long as it is not closed.
 */
import {
  blankMessage,
  emptySnapshot,
  helloMessage,
  hubProtocol,
  readSnapshot,
  type SoundCommand,
  snapshotBytes,
  snapshotLayoutHash,
  soundMutedMessage,
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
  /** Somebody changed a setting, or another profile holds. Not for the first word: those were read when the engine became ready. */
  onSettings(): void;
  /** Overlays are to leave the screen for now, or may come back. Only when it changed; with the hub goes what it said. */
  onBlank(blank: boolean): void;
  /** The page that sounds was muted, or sounds again. Only when it changed; with the hub goes what it said. */
  onMuted(muted: boolean): void;
}

const retryMs = 1000;
/** How the hub begins the message that settings changed; what they are is asked for over the interface. */
const settingsStart = '{"type":"settings"';

export class StatusWatch {
  readonly #options: StatusWatchOptions;
  readonly #snapshot = emptySnapshot();
  #socket: HubSocket | null = null;
  #cancelRetry = () => {};
  #closed = false;
  #fits = false;
  #status: string | null = null;
  #settings = '';
  #blank = false;
  #muted = false;

  constructor(options: StatusWatchOptions) {
    this.#options = options;
    this.#connect();
  }

  /** To the page that sounds. Nothing happens while the hub is away: nothing sounds then. */
  command(command: SoundCommand): void {
    if (this.#fits) this.#socket?.send(JSON.stringify({ type: 'sound-command', command }));
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#socket?.close();
    this.#say(null);
    this.#sayBlank(false);
    this.#sayMuted(false);
  }

  #connect(): void {
    const socket = this.#options.open();
    this.#socket = socket;
    this.#fits = false;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => this.#take(data, socket);
    socket.onclose = () => {
      this.#fits = false;
      if (this.#closed) return;
      this.#say(null);
      this.#sayBlank(false);
      this.#sayMuted(false);
      this.#cancelRetry = this.#options.later(retryMs, () => this.#connect());
    };
  }

  #take(data: unknown, socket: HubSocket): void {
    if (typeof data === 'string') {
      if (this.#fits && data.startsWith(settingsStart)) this.#tellSettings(data);
      else if (this.#fits) this.#read(data);
      else if (isOurHub(data)) {
        this.#fits = true;
        socket.send(JSON.stringify({ type: 'page', protocol: hubProtocol, name: 'shell' }));
      }
    } else if (this.#fits && data instanceof ArrayBuffer && data.byteLength === snapshotBytes) {
      readSnapshot(new DataView(data), this.#snapshot);
      this.#say(statuses[this.#snapshot.status]?.code ?? null);
    }
  }

  #tellSettings(message: string): void {
    const before = this.#settings;
    this.#settings = message;
    if (before !== '') this.#options.onSettings();
  }

  /** Of all that is said to pages one thing is for windows, and one for the tray. */
  #read(text: string): void {
    if (text.startsWith('{"type":"blank"')) {
      const message = blankMessage.safeParse(JSON.parse(text));
      if (message.success) this.#sayBlank(message.data.blank);
    } else if (text.startsWith('{"type":"sound-muted"')) {
      const message = soundMutedMessage.safeParse(JSON.parse(text));
      if (message.success) this.#sayMuted(message.data.muted);
    }
  }

  #sayMuted(muted: boolean): void {
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.#options.onMuted(muted);
  }

  #sayBlank(blank: boolean): void {
    if (blank === this.#blank) return;
    this.#blank = blank;
    this.#options.onBlank(blank);
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
