/** A progress bar on standard error, for work that a person waits for. Draws nothing where lines cannot move. */
import type { Terminal } from './terminal.ts';

const cells = 24;
/** Redrawn at most this often: more is flicker. */
const redrawMs = 80;

export class Progress {
  readonly #terminal: Terminal;
  readonly #label: string;
  readonly #nowMs: () => number;
  #drawnAtMs = Number.NEGATIVE_INFINITY;

  constructor(terminal: Terminal, label: string, nowMs: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#label = label;
    this.#nowMs = nowMs;
  }

  /** `fraction` from 0 to 1; values outside are clamped and one that is no number is 0. */
  show(fraction: number, note = ''): void {
    const now = this.#nowMs();
    if (now - this.#drawnAtMs < redrawMs) return;
    this.#drawnAtMs = now;
    this.#terminal.live(`${this.#label} ${bar(fraction)}${note === '' ? '' : ` ${note}`}`);
  }

  /** Takes the bar away; what was done is told by a message. */
  done(): void {
    this.#terminal.live('');
  }
}

/** For example `[############------------]  50 %`. */
export function bar(fraction: number): string {
  const part = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
  const full = Math.round(part * cells);
  return `[${'#'.repeat(full)}${'-'.repeat(cells - full)}] ${String(Math.round(part * 100)).padStart(3)} %`;
}
