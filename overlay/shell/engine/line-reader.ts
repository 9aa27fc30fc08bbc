/** Lines out of a stream of chunks. A line that never ends is dropped: a broken engine must not fill the shell's memory. */

const longestLine = 64 * 1024;

export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  take(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    const rest = lines.pop() ?? '';
    this.#rest = rest.length > longestLine ? '' : rest;
    for (const line of lines) if (line.length <= longestLine) this.#onLine(line.trimEnd());
  }
}
