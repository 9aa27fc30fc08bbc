/**
 * A new token for the installation, by whoever may make one: the engine that runs there, because only it can close the pages that the old one opened; where
 * none runs, the caller. An engine that has the installation and does not answer keeps its token: one that it knows nothing of would open nothing.
 */
import { tokenRenewed } from '@racing-coach/contract';
import type { DataDir } from '../data/data-dir.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { rotateToken } from '../data/token.ts';
import { askEngine } from '../doctor/running-engine.ts';

/** Resolves to the new token. Rejects with `data-dir-locked`, or with why the file cannot be written; the old token holds then. */
export async function renewToken(dataDir: DataDir): Promise<string> {
  const renewed = await askEngine(dataDir, '/api/token/renew', tokenRenewed, 'POST');
  if (renewed !== null) return renewed.token;
  const lock = EngineLock.take(dataDir);
  try {
    return rotateToken(dataDir);
  } finally {
    lock.release();
  }
}
