/**
 * The worker thread that owns the store's file. It answers one call after the other, so that calls happen in the order in which they were
 * made. Nothing here decides anything: it checks the verb, calls, and answers.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { CodedError } from '@racing-coach/contract';
import { lapStoreVerbs } from './lap-store.ts';
import { SqliteLapStore } from './sqlite-lap-store.ts';
import type { StoreFileOptions } from './store-file.ts';
import type { StoreAnswer, StoreCall } from './worker-lap-store.ts';

function answer(call: () => unknown, id: number): StoreAnswer {
  try {
    return { id, value: call() };
  } catch (thrown) {
    const { code, data, message } = CodedError.from(thrown);
    return { id, error: { code, data, message } };
  }
}

let store: SqliteLapStore | null = null;
parentPort?.postMessage(
  answer(() => {
    store = new SqliteLapStore(workerData as StoreFileOptions);
    return store.notice?.message ?? null;
  }, 0),
);
parentPort?.on('message', ({ id, verb, words }: StoreCall) => {
  const reply = answer(() => {
    if (store === null || !lapStoreVerbs.includes(verb)) throw new Error(`the store has no ${verb}`);
    return (store[verb] as (...words: unknown[]) => unknown)(...words);
  }, id);
  parentPort?.postMessage(reply);
  if (verb === 'close') parentPort?.close();
});
