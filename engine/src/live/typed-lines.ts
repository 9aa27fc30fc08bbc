/** Lines that are typed while a command runs. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Calls `onLine` with each line until `stopped`. A closed or missing input has none. */
export function readTypedLines(input: Readable, stopped: AbortSignal, onLine: (line: string) => void): void {
  const lines = createInterface({ input, terminal: false });
  lines.on('line', (line) => onLine(line.trim()));
  // A terminal that goes away is no reason to stop coaching. The reader passes its input's errors on as its own.
  input.on('error', () => {});
  lines.on('error', () => lines.close());
  stopped.addEventListener('abort', () => lines.close());
}
