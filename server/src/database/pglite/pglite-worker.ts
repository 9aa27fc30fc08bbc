/** The thread of the embedded database: a query of PGlite holds up the thread that it runs on. It has the data directory's lock. */
import { parentPort, workerData } from 'node:worker_threads';
import { refusalOf } from '../database-gone.ts';
import { dataFolder, openFiles } from './data-files.ts';
import { DirectoryLock } from './directory-lock.ts';
import type { Answers, Reply, Request, WorkerStart } from './pglite-messages.ts';
import type { LocalSession } from './pglite-session.ts';
import { WalSync } from './wal-sync.ts';

if (!parentPort) throw new Error('this is a worker');
const port = parentPort;
const { directory, preparedDump } = workerData as WorkerStart;

/** Smaller ones are copied faster than handed over. */
const handOverBytes = 64 * 1024;

interface Running {
  lock: DirectoryLock;
  session: LocalSession;
  wal: WalSync;
}

async function start(): Promise<Running> {
  const lock = DirectoryLock.take(directory);
  const session = await openFiles(directory, preparedDump);
  return { lock, session, wal: new WalSync(session, dataFolder(directory)) };
}

async function answer({ lock, session, wal }: Running, request: Request): Promise<Answers[keyof Answers]> {
  switch (request.kind) {
    case 'query':
      wal.note(request.sql);
      return await session.query(request.sql, request.parameters);
    case 'commit': {
      const committed = await session.commit();
      await wal.afterCommit();
      return committed;
    }
    case 'copy-in':
      wal.note(request.statement);
      return await session.copyIn(request.statement, request.bytes);
    case 'copy-out':
      return await session.copyOut(request.query);
    case 'close':
      wal.close();
      await session.close();
      lock.release();
      return null;
  }
}

/** The memory of long byte strings, which goes to the other thread as it is. */
function handedOver(result: Answers[keyof Answers]): ArrayBuffer[] {
  if (result instanceof Uint8Array) return [result.buffer];
  if (result === null || typeof result !== 'object') return [];
  return result.rows
    .flatMap((row) => result.byteColumns.map((column) => row[column]))
    .filter((bytes): bytes is Buffer<ArrayBuffer> => bytes instanceof Uint8Array)
    .filter((bytes) => bytes.byteLength >= handOverBytes && bytes.byteLength === bytes.buffer.byteLength)
    .map(({ buffer }) => buffer);
}

/** Refusals that may mean that the session is broken: wrong states of its own, lack of room, the files, its insides. */
const serious = /^(24|53|58|XX)/;
const inFailedTransaction = '25P02';

/** After a panic, as when its log cannot be written, PGlite goes on answering, and refuses everything for ever. */
async function isBroken(session: LocalSession): Promise<boolean> {
  try {
    await session.query('SELECT 1', []);
    return false;
  } catch (error) {
    return refusalOf(error)?.code !== inFailedTransaction;
  }
}

async function failed(number: number, error: unknown, session: LocalSession | null): Promise<Reply> {
  const refusal = refusalOf(error);
  if (refusal) {
    const fatal = session !== null && serious.test(refusal.code) && (await isBroken(session));
    return fatal ? { number, failure: refusal.message, fatal } : { number, refusal };
  }
  const message = error instanceof Error ? error.message : String(error);
  // What WebAssembly throws when PostgreSQL inside it has died: its memory is no longer to be trusted.
  const fatal = error instanceof WebAssembly.RuntimeError || /^Aborted|ExitStatus/.test(message);
  return { number, failure: message, fatal };
}

let turn: Promise<void> = Promise.resolve();

function serve(running: Running): void {
  port.on('message', ({ number, request }: { number: number; request: Request }) => {
    turn = turn.then(async () => {
      try {
        const result = await answer(running, request);
        port.postMessage({ number, result } satisfies Reply, handedOver(result));
        if (request.kind === 'close') port.close();
      } catch (error) {
        port.postMessage(await failed(number, error, running.session));
      }
    });
  });
}

try {
  serve(await start());
  port.postMessage({ number: 0, result: null } satisfies Reply);
} catch (error) {
  port.postMessage({ ...(await failed(0, error, null)), fatal: true });
  port.close();
}
