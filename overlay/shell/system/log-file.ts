/** The shell's log: appended, one file, begun anew when it is large. Losing a line stops nobody. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const largest = 1024 * 1024;

export function logFile(path: string): (line: string) => void {
  return (line) => {
    try {
      mkdirSync(dirname(path), { recursive: true });
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(path, `${path}.old`);
      appendFileSync(path, `${new Date().toISOString()} ${line}\n`);
    } catch {
      // A full disk is no reason to stop coaching.
    }
  };
}
