/**
 * The page's end of the hub's WebSocket. Trusts nothing before a hello of its own protocol and layout, checks every
 * message, and comes back by itself: after 0.25 s, then twice as long each time, up to 5 s.
 */
import {
  type HubMessage,
  hubMessage,
  hubProtocol,
  type PageMessage,
  snapshotLayoutHash,
} from '@racing-coach/contract';

/** `differs`: page and engine are of different versions, so nothing that arrives may be trusted. */
export type LinkState = 'closed' | 'open' | 'differs';

const firstRetryMs = 250;
const longestRetryMs = 5000;

/** What the link needs of a WebSocket; tests bring their own. */
export interface Socket {
  binaryType: string;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface HubLinkOptions {
  pageName: string;
  open(): Socket;
  later(ms: number, run: () => void): void;
  onLink(state: LinkState): void;
  onMessage(message: HubMessage): void;
  onSnapshot(bytes: ArrayBuffer): void;
}

/** The hub's address for a page's address: same host, same token. */
export function hubUrl(page: URL): string {
  const url = new URL('/hub', page);
  url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({ token: page.searchParams.get('token') ?? '' }).toString();
  return url.href;
}

export class HubLink {
  readonly #options: HubLinkOptions;
  #socket: Socket | null = null;
  #greeted = false;
  #retryMs = firstRetryMs;

  constructor(options: HubLinkOptions) {
    this.#options = options;
    this.#connect();
  }

  send(message: PageMessage): void {
    if (this.#greeted) this.#socket?.send(JSON.stringify(message));
  }

  #connect(): void {
    const socket = this.#options.open();
    this.#socket = socket;
    this.#greeted = false;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) {
        if (this.#greeted) this.#options.onSnapshot(data);
      } else if (typeof data === 'string') this.#read(data);
    };
    socket.onclose = () => {
      this.#options.onLink('closed');
      this.#options.later(this.#retryMs, () => this.#connect());
      this.#retryMs = Math.min(longestRetryMs, 2 * this.#retryMs);
    };
  }

  #read(text: string): void {
    const message = parsed(text);
    if (message === null) return;
    if (message.type === 'hello' && !this.#greet(message)) return;
    if (this.#greeted) this.#options.onMessage(message);
  }

  #greet(hello: Extract<HubMessage, { type: 'hello' }>): boolean {
    if (hello.protocol !== hubProtocol || hello.layoutHash !== snapshotLayoutHash) {
      this.#options.onLink('differs');
      // The engine may be replaced by one that fits; the close handler tries again, slowly.
      this.#retryMs = longestRetryMs;
      return false;
    }
    this.#greeted = true;
    this.#retryMs = firstRetryMs;
    this.#options.onLink('open');
    this.send({ type: 'page', protocol: hubProtocol, name: this.#options.pageName });
    return true;
  }
}

/** A message that we understand; newer engines may send others, which are left out. */
function parsed(text: string): HubMessage | null {
  try {
    const result = hubMessage.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
