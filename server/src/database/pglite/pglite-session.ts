/**
 * PGlite with our codecs. Its own for bytea goes through hex digit by digit in JavaScript and takes five times as long. Runs in the worker thread of the
 * embedded database, and in the tests' own thread.
 */
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import type { Rows } from '../home-connection.ts';

export interface Answer {
  rows: Rows;
  /** Of statements that change rows. */
  affected: number | null;
  /** Columns that hold bytea: a message between threads makes a plain Uint8Array of a Buffer. */
  byteColumns: string[];
}

/** One session of PostgreSQL: requests are answered in their order. */
export interface PgliteSession {
  query(sql: string, parameters: readonly unknown[]): Promise<Answer>;
  /** False when the transaction had failed, so that it was rolled back. */
  commit(): Promise<boolean>;
  copyIn(statement: string, bytes: Uint8Array): Promise<number>;
  copyOut(query: string): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

const bytea = 17;
const int8 = 20;
const date = 1082;
const numeric = 1700;

/** Memory of its own, so that it can be handed to another thread. */
function bytesFromHex(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow((text.length - 2) / 2);
  bytes.write(text.slice(2), 'hex');
  return bytes;
}

/** The same types as from `pg`, as the other home reads them. */
const codecs = {
  parsers: {
    [bytea]: bytesFromHex,
    [int8]: Number,
    [date]: (text: string) => text,
    [numeric]: (text: string) => text,
  },
  serializers: {
    [bytea]: (bytes: Uint8Array) =>
      `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`,
  },
};

/** A query of the simple protocol: the tag of what was done comes back, which `exec` keeps for itself. */
function simpleQuery(sql: string): Uint8Array {
  const body = Buffer.from(`${sql}\0`);
  const message = Buffer.alloc(5 + body.length);
  message.write('Q');
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, 5);
  return message;
}

/** A Blob of bytes that nobody changes meanwhile. */
const blobOf = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);

export class LocalSession implements PgliteSession {
  readonly pglite: PGlite;

  private constructor(pglite: PGlite) {
    this.pglite = pglite;
  }

  static async open(options: PGliteOptions): Promise<LocalSession> {
    return new LocalSession(await PGlite.create({ ...options, ...codecs }));
  }

  /** Without parameters, the text may hold several statements; the last one answers. */
  async query(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    const results =
      parameters.length === 0
        ? await this.pglite.exec(sql)
        : [await this.pglite.query<Rows[number]>(sql, [...parameters])];
    const last = results.at(-1);
    return {
      rows: last?.rows ?? [],
      affected: last?.affectedRows ?? null,
      byteColumns: (last?.fields ?? [])
        .filter(({ dataTypeID }) => dataTypeID === bytea)
        .map(({ name }) => name),
    };
  }

  async commit(): Promise<boolean> {
    const { messages } = await this.pglite.execProtocol(simpleQuery('COMMIT'));
    const done = messages.find(({ name }) => name === 'commandComplete');
    return done !== undefined && 'text' in done && done.text === 'COMMIT';
  }

  async copyIn(statement: string, bytes: Uint8Array): Promise<number> {
    const sql = `${statement} FROM '/dev/blob' WITH (FORMAT binary)`;
    const { affectedRows } = await this.pglite.query(sql, [], { blob: blobOf(bytes) });
    return affectedRows ?? 0;
  }

  async copyOut(query: string): Promise<Uint8Array<ArrayBuffer>> {
    const { blob } = await this.pglite.query(`COPY (${query}) TO '/dev/blob' WITH (FORMAT binary)`);
    if (blob === undefined) throw new Error('COPY gave no bytes');
    return new Uint8Array(await blob.arrayBuffer());
  }

  async close(): Promise<void> {
    if (!this.pglite.closed) await this.pglite.close();
  }
}
