/**
 * Files that are whole or not there: written beside their place, synced, then renamed over it. A crash or a full disk in the middle
 * leaves the old file. A file that cannot be understood is moved aside, never overwritten: it may hold something of value.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { CodedError } from '@racing-coach/contract';

/** Writes and renames; the temporary file goes when that fails. `mode` holds for the new file. */
export function writeWholeFile(path: string, content: string | Uint8Array, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const fd = openSync(temporary, 'w', mode);
    try {
      writeAll(fd, typeof content === 'string' ? Buffer.from(content) : content);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw fileError(path, cause);
  }
}

/** `writeSync` may take less than all of it. */
function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/** Moves a damaged file out of the way and says where it is now. */
export function keepAside(path: string, now: Date): string {
  const kept = `${path}.damaged-${now.toISOString().replaceAll(':', '-')}`;
  renameSync(path, kept);
  return kept;
}

/** A file system error in the user's words. */
export function fileError(path: string, cause: unknown): CodedError {
  if (cause instanceof CodedError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (code === 'ENOSPC' || code === 'SQLITE_FULL')
    return new CodedError('disk-full', { what: path }, { cause });
  return new CodedError('output-exists', { file: path, cause: code }, { cause });
}
