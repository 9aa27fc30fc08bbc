/** Sends what waits in a data directory in which no engine runs; the directory's lock keeps one from beginning meanwhile. */
import { type SyncState, syncOff } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { withLibrary } from '../library/stored-reference.ts';
import type { LapStoreClient } from '../store/lap-store.ts';
import { makeSync } from './real-sync.ts';

export interface SyncOnceOptions {
  /** Refused laps as well. */
  again: boolean;
  progress(state: SyncState): void;
}

/** Resolves to how it stands when all is sent, or something is in the way. Rejects with `data-dir-locked`. */
export async function syncOnce(options: SyncOnceOptions, context: Context): Promise<SyncState> {
  const lock = EngineLock.take(context.dataDir);
  try {
    return await withLibrary(context, ({ store }) => send(store, options, context));
  } finally {
    lock.release();
  }
}

async function send(
  store: LapStoreClient,
  { again, progress }: SyncOnceOptions,
  { dataDir, stopped }: Context,
): Promise<SyncState> {
  await store.settleLeftOpen(new Date().toISOString());
  if (again) await store.retryRefused();
  return new Promise((resolve, reject) => {
    let last = syncOff;
    const end = (): void => void service.close().then(() => resolve(last), reject);
    const service = makeSync({
      store,
      dataDir,
      maySend: () => true,
      changed: (state) => {
        last = state;
        if (state.state === 'sending') progress(state);
        else end();
      },
    });
    stopped.addEventListener('abort', end, { once: true });
    if (stopped.aborted) end();
    else void service.sendNow().then(() => service.start(), reject);
  });
}
