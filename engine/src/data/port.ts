/** The installation's port: the first one that could be opened is kept, for the same reason as the token. */
import { readFileSync } from 'node:fs';
import type { DataDir } from './data-dir.ts';
import { writeWholeFile } from './whole-file.ts';

/** Where a new installation begins to look: in the dynamic range's lower neighbourhood, not used by a known service. */
export const firstPort = 47_820;

/** The kept port, or null. */
export function readPort(dataDir: DataDir): number | null {
  try {
    const port = Number(readFileSync(dataDir.file('port'), 'utf8').trim());
    return Number.isInteger(port) && port >= 1024 && port <= 65_535 ? port : null;
  } catch {
    return null;
  }
}

/** Keeps a port, the first time only. */
export function keepPort(dataDir: DataDir, port: number): void {
  if (readPort(dataDir) !== null) return;
  dataDir.ensure();
  writeWholeFile(dataDir.file('port'), `${port}\n`);
}
