/** The session of PGlite in its worker thread, seen from the server's thread. */
import { Worker } from 'node:worker_threads';
import { DatabaseGone, QueryError } from '../database-gone.ts';
import type { Answers, Reply, Request, WorkerStart } from './pglite-messages.ts';
import type { Answer, PgliteSession } from './pglite-session.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A message between threads makes a plain Uint8Array of a Buffer. */
function withBuffers(answer: Answer): Answer {
  for (const row of answer.rows)
    for (const column of answer.byteColumns) {
      const bytes = row[column];
      if (bytes instanceof Uint8Array)
        row[column] = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
  return answer;
}

export class WorkerSession implements PgliteSession {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onGone: (error: DatabaseGone) => void;
  #numbers = 0;
  #gone: DatabaseGone | null = null;
  #closing: Promise<void> | null = null;

  private constructor(worker: Worker, onGone: (error: DatabaseGone) => void) {
    this.#worker = worker;
    this.#onGone = onGone;
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error) => this.#lose(error.message, error));
    worker.on('exit', () => this.#lose('its thread ended'));
  }

  /** Rejects with one sentence when the directory is in use or holds what cannot be opened. */
  static async open(start: WorkerStart, onGone: (error: DatabaseGone) => void): Promise<WorkerSession> {
    // The process' own flags (--eval, an inspector's port) are not for this thread, and that SQLite is young is not for users.
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
      workerData: start,
      execArgv,
    });
    const session = new WorkerSession(worker, onGone);
    await new Promise((resolve, reject) => session.#waiting.set(0, { resolve, reject }));
    return session;
  }

  async query(sql: string, parameters: readonly unknown[]): Promise<Answer> {
    return withBuffers(await this.#ask({ kind: 'query', sql, parameters }));
  }

  commit(): Promise<boolean> {
    return this.#ask({ kind: 'commit' });
  }

  copyIn(statement: string, bytes: Uint8Array): Promise<number> {
    return this.#ask({ kind: 'copy-in', statement, bytes });
  }

  copyOut(query: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#ask({ kind: 'copy-out', query });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#gone) return;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    await this.#ask({ kind: 'close' });
    await ended;
  }

  #ask<Kind extends Request['kind']>(request: Extract<Request, { kind: Kind }>): Promise<Answers[Kind]> {
    if (this.#gone) return Promise.reject(this.#gone);
    this.#numbers += 1;
    const number = this.#numbers;
    return new Promise<Answers[Kind]>((resolve, reject) => {
      this.#waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      try {
        this.#worker.postMessage({ number, request });
      } catch (error) {
        this.#waiting.delete(number);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ('result' in reply) waiting?.resolve(reply.result);
    else if ('refusal' in reply) waiting?.reject(new QueryError(reply.refusal));
    else if (reply.fatal && reply.number > 0) {
      if (waiting) this.#waiting.set(reply.number, waiting);
      this.#lose(reply.failure);
    } else waiting?.reject(new Error(reply.failure));
  }

  #lose(why: string, cause?: unknown): void {
    if (this.#gone) return;
    this.#gone = new DatabaseGone(`The embedded database has stopped: ${why}`, cause);
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
    if (this.#closing || this.#numbers === 0) return;
    void this.#worker.terminate();
    this.#onGone(this.#gone);
  }
}
