/**
 * Where words go. Results go to standard output, everything else to standard error, so that a script reads clean documents.
 * Colour and moving lines only where standard error is a terminal and `NO_COLOR` is not set (no-color.org); `TERM=dumb` moves nothing.
 */
import { styleText } from 'node:util';

export type Paint = 'bold' | 'dim' | 'cyan' | 'yellow' | 'red' | 'green';

/** The parts of a stream that are needed: tests hand in their own. */
export interface TextSink {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export class Terminal {
  readonly #output: TextSink;
  readonly #messages: TextSink;
  readonly #colour: boolean;
  /** Whether a line may be drawn again and again. */
  readonly moves: boolean;
  #liveLine = false;

  constructor(output: TextSink, messages: TextSink, env: Record<string, string | undefined>) {
    this.#output = output;
    this.#messages = messages;
    this.moves = messages.isTTY === true && env['TERM'] !== 'dumb';
    this.#colour = this.moves && (env['NO_COLOR'] ?? '') === '';
  }

  /** A result, on standard output. */
  print(text: string): void {
    this.#clearLive();
    this.#output.write(`${text}\n`);
  }

  /** A message for the person, on standard error. */
  tell(text: string): void {
    this.#clearLive();
    this.#messages.write(`${text}\n`);
  }

  /** Replaces the last live line; nothing where lines cannot move. */
  live(text: string): void {
    if (!this.moves) return;
    const columns = this.#messages.columns ?? 80;
    this.#messages.write(`\r\u001b[2K${text.slice(0, columns - 1)}`);
    this.#liveLine = true;
  }

  /** Ends the live line and leaves it standing. */
  endLive(): void {
    if (this.#liveLine) this.#messages.write('\n');
    this.#liveLine = false;
  }

  paint(style: Paint, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }

  #clearLive(): void {
    if (this.#liveLine) this.#messages.write('\r\u001b[2K');
    this.#liveLine = false;
  }
}
