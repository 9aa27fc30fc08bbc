/**
 * One server per data directory: PGlite itself takes no lock, and two writers destroy the files. The lock is an exclusive transaction on a small SQLite
 * file, as the engine's is: SQLite locks through the operating system on Windows and Linux alike, so the lock goes with the process however that
 * ends, and no leftover file can pretend that a dead server runs. Node's own SQLite is enough for it. Who holds it is written beside it, for the message.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLITE_BUSY and SQLITE_LOCKED. */
const heldByAnother = new Set([5, 6]);

export class DirectoryLock {
  readonly #database: DatabaseSync;
  readonly #holderFile: string;

  private constructor(database: DatabaseSync, holderFile: string) {
    this.#database = database;
    this.#holderFile = holderFile;
  }

  /** Makes the directory. Throws one sentence when another server has it. */
  static take(directory: string): DirectoryLock {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const holderFile = join(directory, 'server.pid');
    const database = new DatabaseSync(join(directory, 'server.lock'), { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      database.close();
      if (!heldByAnother.has((cause as { errcode?: number }).errcode ?? 0)) throw cause;
      const holder = holderOf(holderFile);
      throw new Error(`Another server${holder} uses the data directory ${directory}. Stop it first.`);
    }
    writeFileSync(holderFile, `${process.pid}\n`);
    return new DirectoryLock(database, holderFile);
  }

  release(): void {
    if (!this.#database.isOpen) return;
    // The note goes first: between the two, the lock still answers for itself.
    rmSync(this.#holderFile, { force: true });
    this.#database.close();
  }
}

function holderOf(file: string): string {
  try {
    return ` (process ${readFileSync(file, 'utf8').trim()})`;
  } catch {
    return '';
  }
}
