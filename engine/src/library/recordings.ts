/** Recordings on disk: which files are some, and what identifies their content. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@racing-coach/contract';

/** What the native part reads as a recording. */
const endings = /\.(ibt|tape|csv|csv\.gz|parquet)$/i;

/** The files themselves, and every recording below the folders, by name; hidden folders are left out. */
export async function findRecordings(paths: string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(recordingsAt));
  return [...new Set(found.flat())];
}

async function recordingsAt(path: string): Promise<string[]> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) throw new CodedError('file-not-found', { file: path });
  // A file that was named is meant, whatever it is called: the reader says what is wrong with it.
  if (!facts.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  return entries
    .filter((entry) => entry.isFile() && endings.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]\./.test(file.slice(path.length)))
    .sort();
}

/** SHA-256 of a file's content, read in blocks: recordings are larger than memory is cheap. */
export async function contentSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const block of createReadStream(path, { highWaterMark: 1_048_576 })) hash.update(block);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return hash.digest('hex');
}

/** The system names the very folder that it refused. */
function unreadable(path: string, cause: unknown): CodedError {
  const { code = String(cause), path: refused = path } = (
    cause instanceof Error ? cause : {}
  ) as NodeJS.ErrnoException;
  return new CodedError('file-unreadable', { file: refused, cause: code }, { cause });
}
