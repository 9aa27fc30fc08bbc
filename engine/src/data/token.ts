/**
 * The installation's token: 128 random bits, made once and kept, so that a URL pasted into OBS goes on working. Whoever can read the
 * user's files can read it (mode 0600 on POSIX; the profile's folder on Windows); a web page cannot. It is never logged.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import type { DataDir } from './data-dir.ts';
import { writeWholeFile } from './whole-file.ts';

const form = /^[0-9a-f]{32}$/;

export function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** The kept token, or null when there is none or the file does not hold one. */
export function readToken(dataDir: DataDir): string | null {
  try {
    const token = readFileSync(dataDir.file('token'), 'utf8').trim();
    return form.test(token) ? token : null;
  } catch {
    return null;
  }
}

/** The kept token; made now when there is none. A file that others can read is closed to them. */
export function ensureToken(dataDir: DataDir): string {
  const kept = readToken(dataDir);
  if (kept === null) return rotateToken(dataDir);
  chmodSync(dataDir.file('token'), 0o600);
  return kept;
}

/**
 * A new token, written whole or not at all: throws a coded error when it cannot be, and then the old one holds. Another engine that runs goes on with the one
 * that it read: see `play/renew-token.ts`.
 */
export function rotateToken(dataDir: DataDir): string {
  const token = newToken();
  dataDir.ensure();
  writeWholeFile(dataDir.file('token'), `${token}\n`, 0o600);
  return token;
}

/** Compares in constant time whatever the lengths: both sides are hashed first. */
export function tokenMatches(expected: string, given: string | null): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given ?? ''));
}
