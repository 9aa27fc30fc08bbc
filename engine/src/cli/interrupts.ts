/**
 * Ctrl-C and SIGTERM. A command that asks for the signal has promised to end tidily when it comes; any other is ended by the system at
 * once, as a user expects. Whoever presses Ctrl-C again later has waited long enough.
 */

const signals = ['SIGINT', 'SIGTERM'] as const;
/** What a shell reports for a program that Ctrl-C ended: 128 plus the signal's number. */
const interruptedStatus = 130;
/** One Ctrl-C can arrive several times: from the terminal, from npm and from an older Node that started this one. */
const oneCtrlCMs = 1000;

export class Interrupts {
  readonly #controller = new AbortController();
  readonly #nowMs: () => number;
  readonly #exit: (status: number) => void;
  #listening = false;
  #firstAtMs = Number.NaN;

  constructor(nowMs: () => number = () => performance.now(), exit: (status: number) => void = process.exit) {
    this.#nowMs = nowMs;
    this.#exit = exit;
  }

  /** Aborted at the first Ctrl-C or SIGTERM. */
  get signal(): AbortSignal {
    if (!this.#listening) for (const name of signals) process.on(name, this.#interrupted);
    this.#listening = true;
    return this.#controller.signal;
  }

  /** Gives the signals back to the system. */
  release(): void {
    for (const name of signals) process.off(name, this.#interrupted);
    this.#listening = false;
  }

  readonly #interrupted = (): void => {
    if (!this.#controller.signal.aborted) {
      this.#firstAtMs = this.#nowMs();
      this.#controller.abort();
    } else if (this.#nowMs() - this.#firstAtMs > oneCtrlCMs) this.#exit(interruptedStatus);
  };
}
