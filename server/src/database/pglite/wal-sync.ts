/**
 * PGlite runs without fsync. After each commit that wrote something, this brings the part of the log that holds it to the disk, for about 2 ms.
 *
 * What it closes: a power cut soon after a commit no longer loses it, because the log is there to be read again from the last checkpoint.
 * What it does not close: a checkpoint writes the tables without fsync and then goes on from a newer place in the log. A power cut before the system
 * has written those pages by itself (some 30 s) can still damage the files. Engines keep their laps and send them again.
 */
import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalSession } from './pglite-session.ts';

export class WalSync {
  readonly #session: LocalSession;
  readonly #directory: string;
  #lsn = '';
  #wrote = true;
  #segment: { name: string; fd: number } | null = null;

  constructor(session: LocalSession, dataDirectory: string) {
    this.#session = session;
    this.#directory = join(dataDirectory, 'pg_wal');
  }

  /** Call it with each text that is run. What begins with SELECT reads: no function of ours writes. */
  note(sql: string): void {
    if (!/^\s*(?:BEGIN|SELECT)\b/i.test(sql)) this.#wrote = true;
  }

  /** Call it when a transaction has ended. One that only read costs nothing. */
  async afterCommit(): Promise<void> {
    if (!this.#wrote) return;
    this.#wrote = false;
    const answer = await this.#session.query(
      'SELECT lsn::text, pg_walfile_name(lsn) AS name FROM pg_current_wal_lsn() AS lsn',
      [],
    );
    const { lsn, name } = answer.rows[0] as { lsn: string; name: string };
    if (lsn === this.#lsn) return;
    if (this.#segment?.name !== name) this.#turnTo(name);
    if (this.#segment) fdatasyncSync(this.#segment.fd);
    this.#lsn = lsn;
  }

  close(): void {
    if (this.#segment) closeSync(this.#segment.fd);
    this.#segment = null;
  }

  /** The commit may begin in the segment before, and the new one is a new name in the directory. */
  #turnTo(name: string): void {
    if (this.#segment) fdatasyncSync(this.#segment.fd);
    this.close();
    this.#segment = { name, fd: openSync(join(this.#directory, name), 'r+') };
    if (process.platform === 'win32') return;
    const directory = openSync(this.#directory, 'r');
    fsyncSync(directory);
    closeSync(directory);
  }
}
