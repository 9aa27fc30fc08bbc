/**
 * Brings a window's page back: reloaded when its process ended, ended and reloaded when it hangs. Chromium notices a hang by input that is not
 * taken, and windows that no click reaches get none, so pages are asked by us. One that keeps dying is left alone and said.
 */
import { pageRestarts, Restarts } from '../system/restarts.ts';

export interface RecoveryOptions {
  reload(): void;
  killPage(): void;
  ping(): Promise<void>;
  nowMs(): number;
  later(ms: number, run: () => void): () => void;
  gaveUp(why: string): void;
  log(line: string): void;
}

const pingEveryMs = 5000;
/** A major collection of garbage takes a tenth of a second, a shader's compilation one; this is neither. */
const answerWithinMs = 10_000;

export class WindowRecovery {
  readonly #options: RecoveryOptions;
  readonly #restarts = new Restarts(pageRestarts);
  #cancel = () => {};
  #closed = false;
  /** Counts loads, so that an answer of an earlier page is not taken for one of this. */
  #load = 0;

  constructor(options: RecoveryOptions) {
    this.#options = options;
    this.#watch();
  }

  /** Its process ended; `clean-exit` is what closing a window looks like. */
  gone(reason: string): void {
    if (this.#closed) return;
    this.#cancel();
    this.#load += 1;
    if (reason === 'clean-exit') return;
    const { nowMs, later, log, gaveUp } = this.#options;
    const next = this.#restarts.died(nowMs());
    log(`A page is gone (${reason}).`);
    if (next.kind === 'give-up') {
      gaveUp(`A page keeps failing (${reason}).`);
      return;
    }
    this.#cancel = later(next.ms, () => {
      this.#options.reload();
      this.#watch();
    });
  }

  /** The user tries again. */
  retry(): void {
    this.#restarts.forget();
    this.#options.reload();
    this.#watch();
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  #watch(): void {
    this.#cancel();
    this.#load += 1;
    this.#askLater(this.#load);
  }

  #askLater(load: number): void {
    this.#cancel = this.#options.later(pingEveryMs, () => this.#ask(load));
  }

  #ask(load: number): void {
    const answered = () => {
      if (this.#closed || load !== this.#load) return;
      this.#cancel();
      this.#askLater(load);
    };
    // A page between two loads rejects; a page that is gone says so by itself. Either way it does not hang.
    this.#options.ping().then(answered, answered);
    this.#cancel = this.#options.later(answerWithinMs, () => {
      // Its end comes back as `gone`, which reloads it.
      if (!this.#closed && load === this.#load) this.#options.killPage();
    });
  }
}
