/**
 * Keeps one engine running. It is `starting` until it prints where it answers; one that does not within the time has hung and is ended. One that
 * dies is started again with a growing wait, until it has died too often: then it has `failed`, which the tray says, and stays so until the
 * user tries again.
 */
import { engineRestarts, Restarts } from '../system/restarts.ts';
import { type EngineAddress, engineAddress } from './engine-address.ts';

export type EngineState =
  | { kind: 'starting' }
  | { kind: 'ready'; address: EngineAddress }
  | { kind: 'waiting'; ms: number; why: string }
  | { kind: 'failed'; why: string }
  | { kind: 'stopped' };

/** A started process, as far as the supervisor needs it. */
export interface EngineProcess {
  /** Asks it to end by itself. */
  stop(): void;
  /** Ends it. */
  kill(): void;
}

export interface EngineEvents {
  /** A line of its standard output. */
  line(text: string): void;
  /** A line of its standard error. */
  complaint(text: string): void;
  /** Once, whatever the reason. */
  exit(code: number): void;
}

export interface SupervisorOptions {
  spawn(events: EngineEvents): EngineProcess;
  nowMs(): number;
  /** Returns what takes it back. */
  later(ms: number, run: () => void): () => void;
  onState(state: EngineState): void;
  log(line: string): void;
}

/** The store's check after a power failure takes seconds on a slow disk. */
const readyWithinMs = 60_000;
/** Between asking it to end and ending it: the store writes its last transaction. */
const stopWithinMs = 5000;

export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  readonly #restarts = new Restarts(engineRestarts);
  #state: EngineState = { kind: 'stopped' };
  #process: EngineProcess | null = null;
  #lastComplaint = '';
  #cancelTimer = () => {};
  #stopped: (() => void) | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Also the user's way out of `failed`. Does nothing while one runs. */
  start(): void {
    if (this.#process !== null) return;
    // A restart may be waiting for its time: it would be a second engine.
    this.#cancelTimer();
    this.#restarts.forget();
    this.#spawn();
  }

  /** Resolves when it has ended. */
  stop(): Promise<void> {
    this.#cancelTimer();
    const running = this.#process;
    if (running === null) {
      this.#become({ kind: 'stopped' });
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#stopped = resolve;
      running.stop();
      this.#cancelTimer = this.#options.later(stopWithinMs, () => running.kill());
    });
  }

  #spawn(): void {
    this.#become({ kind: 'starting' });
    this.#lastComplaint = '';
    const began = this.#options.spawn({
      line: (text) => this.#heard(text),
      complaint: (text) => {
        if (text !== '') this.#lastComplaint = text;
        this.#options.log(text);
      },
      exit: (code) => this.#exited(code),
    });
    this.#process = began;
    this.#cancelTimer = this.#options.later(readyWithinMs, () => {
      this.#lastComplaint = 'It did not get ready in time.';
      began.kill();
    });
  }

  /** A later line has the addresses of a renewed token. */
  #heard(line: string): void {
    const { kind } = this.#state;
    const listens = (kind === 'starting' || kind === 'ready') && this.#stopped === null;
    const address = listens ? engineAddress(line) : null;
    if (address === null || this.#isKnown(address)) return;
    this.#cancelTimer();
    this.#become({ kind: 'ready', address });
  }

  #isKnown({ hub, obs }: EngineAddress): boolean {
    const state = this.#state;
    return state.kind === 'ready' && state.address.hub === hub && state.address.obs === obs;
  }

  #exited(code: number): void {
    this.#cancelTimer();
    this.#process = null;
    if (this.#stopped !== null) {
      this.#become({ kind: 'stopped' });
      this.#stopped();
      this.#stopped = null;
      return;
    }
    const why = this.#lastComplaint || `It ended with ${code}.`;
    const next = this.#restarts.died(this.#options.nowMs());
    if (next.kind === 'give-up') {
      this.#become({ kind: 'failed', why });
      return;
    }
    this.#become({ kind: 'waiting', ms: next.ms, why });
    this.#cancelTimer = this.#options.later(next.ms, () => this.#spawn());
  }

  #become(state: EngineState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
