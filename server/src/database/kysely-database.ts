/** The {@link Database} over Kysely: what both homes share. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Kysely, sql } from 'kysely';
import type { Database, Timescale, Viewer, Work } from './database.ts';
import { beginningFor, withConnection } from './home-connection.ts';
import type { Tables } from './tables.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Of the work that is being done: what it started may outlive it, so it says when it is over. */
const working = new AsyncLocalStorage<{ over: boolean }>();

function refuseNested(): void {
  if (working.getStore()?.over === false)
    throw new Error('a transaction was begun inside of another: use the one that the work was given');
}

export class KyselyDatabase implements Database {
  readonly home: Database['home'];
  readonly version: string;
  readonly timescale: Timescale | null;
  readonly #db: Kysely<Tables>;

  private constructor(
    db: Kysely<Tables>,
    home: Database['home'],
    facts: { version: string; timescale: Timescale | null },
  ) {
    this.#db = db;
    this.home = home;
    this.version = facts.version;
    this.timescale = facts.timescale;
  }

  static async open(db: Kysely<Tables>, home: Database['home']): Promise<KyselyDatabase> {
    const version = await sql<{ server_version: string }>`SHOW server_version`.execute(db);
    const extension = await sql<{ extversion: string }>`
      SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'`.execute(db);
    const installed = extension.rows[0]?.extversion;
    let timescale: Timescale | null = null;
    if (installed !== undefined) {
      const licence = await sql<{
        licence: string;
      }>`SELECT current_setting('timescaledb.license') AS licence`.execute(db);
      timescale = {
        version: installed,
        licence: licence.rows[0]?.licence === 'apache' ? 'apache' : 'timescale',
      };
    }
    return new KyselyDatabase(db, home, { version: version.rows[0]?.server_version ?? '', timescale });
  }

  asViewer<Result>(viewer: Viewer, work: (trx: Work) => Promise<Result>): Promise<Result> {
    return this.#transaction(work, viewer.userId);
  }

  look<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    refuseNested();
    return work(this.#db);
  }

  asSystem<Result>(work: (trx: Work) => Promise<Result>): Promise<Result> {
    return this.#transaction(work);
  }

  copyIn(
    table: string,
    columns: string[],
    bytes: Uint8Array,
    before?: (trx: Work) => Promise<void>,
  ): Promise<number> {
    const statement = `COPY ${quoted(table)} (${columns.map(quoted).join(', ')})`;
    return this.#transaction(async (trx) => {
      await before?.(trx);
      return await withConnection(trx, (connection) => connection.copyIn(statement, bytes));
    });
  }

  copyOut(query: string): Promise<Uint8Array> {
    return this.#transaction((trx) => withConnection(trx, (connection) => connection.copyOut(query)));
  }

  async ping(): Promise<void> {
    const late = AbortSignal.timeout(1000);
    await Promise.race([
      sql`SELECT 1`.execute(this.#db),
      new Promise<never>((_, reject) => late.addEventListener('abort', () => reject(new Error('no answer')))),
    ]);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  /** Where there is one session, a transaction inside a transaction would wait for itself: it is refused everywhere, at once. */
  async #transaction<Result>(
    work: (trx: Work) => Promise<Result>,
    viewerId: string | null = null,
  ): Promise<Result> {
    refuseNested();
    const state = { over: false };
    try {
      return await working.run(state, () =>
        beginningFor.run(viewerId, () => this.#db.transaction().execute(work)),
      );
    } finally {
      state.over = true;
    }
  }
}
