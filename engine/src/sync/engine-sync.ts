/** Sync of the engine that runs in this data directory, from another process. */
import { type SyncState, syncState } from '@racing-coach/contract';
import type { DataDir } from '../data/data-dir.ts';
import { askEngine } from '../doctor/running-engine.ts';

/** What the running engine says; null when none runs. */
export const askSync = (dataDir: DataDir): Promise<SyncState | null> =>
  askEngine(dataDir, '/api/sync', syncState);

/** It sends what waits now, and reads the login anew; null when none runs. */
export const nudgeEngine = (dataDir: DataDir): Promise<SyncState | null> =>
  askEngine(dataDir, '/api/sync/now', syncState, 'POST');

/** As {@link nudgeEngine}, with the laps that were refused. */
export const retryInEngine = (dataDir: DataDir): Promise<SyncState | null> =>
  askEngine(dataDir, '/api/sync/again', syncState, 'POST');
