/**
 * One engine per data directory. The lock is an exclusive transaction on a small SQLite file, held for the life of the process: SQLite locks
 * through the operating system on Windows and Linux alike, so the lock goes with the process however that ends, and no leftover file can
 * pretend that a dead engine runs. Who holds it, and where its
 * pages are, is written beside it: for messages and for `doctor`, never to decide anything.
 */
import { readFileSync, rmSync } from 'node:fs';
import { CodedError } from '@racing-coach/contract';
import Database from 'better-sqlite3';
import type { DataDir } from './data-dir.ts';
import { fileError, writeWholeFile } from './whole-file.ts';

export class EngineLock {
  readonly #database: Database.Database;
  readonly #holderFile: string;

  private constructor(database: Database.Database, holderFile: string) {
    this.#database = database;
    this.#holderFile = holderFile;
  }

  /** Takes the lock, or throws `data-dir-locked` with the process that has it. */
  static take(dataDir: DataDir): EngineLock {
    dataDir.ensure();
    const holderFile = dataDir.file('engine.pid');
    const database = new Database(dataDir.file('engine.lock'), { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      database.close();
      if (!isBusy(cause)) throw fileError(dataDir.file('engine.lock'), cause);
      throw new CodedError('data-dir-locked', { pid: readHolder(holderFile), dir: dataDir.path }, { cause });
    }
    writeWholeFile(holderFile, `${process.pid}\n`);
    return new EngineLock(database, holderFile);
  }

  /** Notes the port that the engine serves on. */
  announce(port: number): void {
    writeWholeFile(this.#holderFile, `${process.pid}\n${port}\n`);
  }

  release(): void {
    if (!this.#database.open) return;
    // The note goes first: between the two, the lock still answers for itself.
    rmSync(this.#holderFile, { force: true });
    this.#database.close();
  }
}

/** Held by another; anything else (a full disk, a damaged lock file) is not another engine's doing. */
function isBusy(cause: unknown): boolean {
  return cause instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(cause.code);
}

function readHolder(holderFile: string): string {
  try {
    return readFileSync(holderFile, 'utf8').trim().split('\n')[0] || 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Where an engine of this data directory says that it serves, or null. It may have died since: only asking it tells. */
export function announcedPort(dataDir: DataDir): number | null {
  try {
    const port = Number(readFileSync(dataDir.file('engine.pid'), 'utf8').trim().split('\n')[1]);
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
  } catch {
    return null;
  }
}
