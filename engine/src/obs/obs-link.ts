/**
 * Keeps a connection to OBS for as long as it is wanted: OBS may be started later, closed and started again. It comes back after 2 s, then twice as long
 * each time, up to 30 s; after a wrong password only in a minute, or when another is given.
 */
import { ObsClient, type ObsEvents, ObsFailure } from './obs-client.ts';
import { connectionText, obsCodes } from './obs-words.ts';

const firstRetryMs = 2000;
const longestRetryMs = 30_000;
const refusedRetryMs = 60_000;

/** Returns what takes it back. */
export type Later = (ms: number, run: () => void) => () => void;

export interface ObsLinkOptions {
  address: string;
  /** Read anew for each attempt: it may have been changed. */
  password(): string | null;
  later: Later;
  events: Omit<ObsEvents, 'closed'>;
  /** OBS is there. Failures in here are the callee's. */
  onConnected(): void;
  /** A sentence about the connection; the same one is not repeated. */
  onState(state: 'connecting' | 'connected' | 'trouble', text: string): void;
}

export class ObsLink {
  readonly #options: ObsLinkOptions;
  #client: ObsClient | null = null;
  #cancelRetry = () => {};
  #retryMs = firstRetryMs;
  #closed = false;

  constructor(options: ObsLinkOptions) {
    this.#options = options;
    options.onState('connecting', 'Looking for OBS.');
    void this.#connect();
  }

  /** Null while OBS is not there. */
  get client(): ObsClient | null {
    return this.#client;
  }

  /** @param last what is still to be said over it; null: nothing */
  close(last: Promise<void> | null = null): void {
    const client = this.#client;
    this.#closed = true;
    this.#client = null;
    this.#cancelRetry();
    if (last === null) client?.close();
    else void last.then(() => client?.close());
  }

  async #connect(): Promise<void> {
    const { address, password, events, onConnected, onState } = this.#options;
    const given = password();
    try {
      const client = await ObsClient.connect(address, given, { ...events, closed: () => this.#lost() });
      if (this.#closed) return client.close();
      this.#client = client;
      this.#retryMs = firstRetryMs;
      onState('connected', 'OBS is connected.');
      onConnected();
    } catch (thrown) {
      if (!this.#closed) this.#failed(ObsFailure.from(thrown), given !== null);
    }
  }

  #failed(failure: ObsFailure, hasPassword: boolean): void {
    const isRefused = [obsCodes.authenticationFailed, obsCodes.versionDiffers].some(
      (code) => code === failure.code,
    );
    const text = connectionText(failure, this.#options.address, hasPassword);
    this.#options.onState(isRefused ? 'trouble' : 'connecting', text);
    this.#retry(isRefused ? refusedRetryMs : this.#retryMs);
    this.#retryMs = Math.min(longestRetryMs, 2 * this.#retryMs);
  }

  #lost(): void {
    if (this.#closed) return;
    this.#client = null;
    this.#options.onState('connecting', 'OBS is gone: waiting for it to come back.');
    this.#retry(this.#retryMs);
  }

  #retry(ms: number): void {
    this.#cancelRetry = this.#options.later(ms, () => void this.#connect());
  }
}
