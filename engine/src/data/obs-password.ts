/**
 * OBS' own password, in a file that this user alone can read (mode 0600 on POSIX; the profile's folder on Windows). It goes to OBS as an answer to its
 * challenge and nowhere else: no page, no log, no settings file.
 */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import type { DataDir } from './data-dir.ts';
import { writeWholeFile } from './whole-file.ts';

const file = (dataDir: DataDir) => dataDir.file('obs-password');

/** Null when none is kept. A file that others can read is closed to them. */
export function readObsPassword(dataDir: DataDir): string | null {
  try {
    chmodSync(file(dataDir), 0o600);
    const text = readFileSync(file(dataDir), 'utf8').replace(/\r?\n$/, '');
    return text === '' ? null : text;
  } catch {
    return null;
  }
}

/** Empty takes it away. Throws a coded error when it cannot be written. */
export function keepObsPassword(dataDir: DataDir, password: string): void {
  if (password === '') rmSync(file(dataDir), { force: true });
  else {
    dataDir.ensure();
    writeWholeFile(file(dataDir), `${password}\n`, 0o600);
  }
}
