/** Sync with the machine's own clock, the network and the login of the data directory. */
import type { SyncState } from '@racing-coach/contract';
import type { DataDir } from '../data/data-dir.ts';
import { dropServerToken, readServerLogin } from '../data/server-login.ts';
import type { LapStoreClient } from '../store/lap-store.ts';
import { ServerClient } from './server-client.ts';
import { type SyncClock, SyncService } from './sync-service.ts';

export interface RealSyncOptions {
  store: LapStoreClient;
  dataDir: DataDir;
  maySend(): boolean;
  changed(state: SyncState): void;
  checked?(): Promise<void>;
}

const realClock: SyncClock = {
  nowMs: () => performance.now(),
  date: () => new Date(),
  later: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

export function makeSync({ store, dataDir, maySend, changed, checked }: RealSyncOptions): SyncService {
  return new SyncService({
    store,
    login: () => readServerLogin(dataDir),
    signedOut: (token) => dropServerToken(dataDir, token),
    connect: ({ url, token }, stopped) =>
      new ServerClient({ url, token: token ?? '', stopped, now: () => new Date() }),
    maySend,
    clock: realClock,
    changed,
    ...(checked === undefined ? {} : { checked }),
  });
}
