/**
 * The engine's side of the store: every verb is a message to the worker thread that owns the file, and a promise of its answer. The engine's
 * own thread never waits for the disk.
 */
import { Worker } from 'node:worker_threads';
import { CodedError, type ErrorCode, type ErrorData } from '@racing-coach/contract';
import { type LapStoreClient, lapStoreVerbs } from './lap-store.ts';
import type { StoreFileOptions } from './store-file.ts';

type Verb = (typeof lapStoreVerbs)[number];

export interface StoreCall {
  id: number;
  verb: Verb;
  words: unknown[];
}

/** Either a value or an error; errors do not survive the border as objects. */
export type StoreAnswer =
  | { id: number; value: unknown }
  | { id: number; error: { code: ErrorCode; data: ErrorData; message: string } };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface StoreThread {
  worker: Worker;
  waiting: Map<number, Waiting>;
  isOver: boolean;
  ended: Promise<unknown>;
}

/** Opens the store; `notice` is what the user should know about it, or null. */
export async function openLapStore(
  options: StoreFileOptions,
): Promise<{ store: LapStoreClient; notice: string | null }> {
  // The process' own flags (--eval, an inspector's port) are not for this thread.
  const start = { workerData: options, execArgv: [] };
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), start);
  const waiting = new Map<number, Waiting>();
  const opened = new Promise((resolve, reject) => waiting.set(0, { resolve, reject }));
  worker.on('message', (answer: StoreAnswer) => settle(answer, waiting));
  const fail = (cause: unknown) => {
    for (const { reject } of waiting.values()) reject(CodedError.from(cause));
    waiting.clear();
  };
  worker.on('error', fail);
  const ended = new Promise<unknown>((resolve) => worker.on('exit', resolve));
  const thread: StoreThread = { worker, waiting, isOver: false, ended };
  worker.on('exit', () => {
    thread.isOver = true;
    fail(hasEnded());
  });
  try {
    const notice = (await opened) as string | null;
    return { store: clientOf(thread), notice };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

const hasEnded = () => new Error('the store has ended');

function settle(answer: StoreAnswer, waiting: Map<number, Waiting>): void {
  const call = waiting.get(answer.id);
  waiting.delete(answer.id);
  if ('error' in answer) {
    const { code, data, message } = answer.error;
    call?.reject(new CodedError(code, data, { message }));
  } else call?.resolve(answer.value);
}

function clientOf(thread: StoreThread): LapStoreClient {
  let lastId = 0;
  const call = (verb: Verb, words: unknown[]) =>
    new Promise((resolve, reject) => {
      if (thread.isOver) throw CodedError.from(hasEnded());
      lastId += 1;
      thread.waiting.set(lastId, { resolve, reject });
      thread.worker.postMessage({ id: lastId, verb, words } satisfies StoreCall);
    });
  const verbs = lapStoreVerbs.map((verb) => [verb, (...words: unknown[]) => call(verb, words)]);
  // Once `close` is answered the thread is gone, and with it its hold on the file.
  const close = async () => {
    if (!thread.isOver) await call('close', []);
    await thread.ended;
  };
  return { ...(Object.fromEntries(verbs) as LapStoreClient), close };
}
