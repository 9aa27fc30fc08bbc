/** The library for one piece of work, and a stored reference made ready for the coach. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import type { NativeAddon, ReferenceHandle } from '../native.ts';
import type { StoredReference } from '../store/lap-store.ts';
import { openLapStore } from '../store/worker-lap-store.ts';
import { ReferenceLibrary } from './reference-library.ts';

/** Opens the store in the data directory, works, and closes it whatever happens. */
export async function withLibrary<Result>(
  { dataDir, terminal }: Context,
  work: (library: ReferenceLibrary) => Promise<Result>,
): Promise<Result> {
  dataDir.ensure();
  const { store, notice } = await openLapStore({ path: dataDir.file('laps.db'), now: new Date() });
  if (notice !== null) terminal.tell(notice);
  try {
    return await work(new ReferenceLibrary(store));
  } finally {
    await store.close();
  }
}

/** Loads a stored lap with the corner ids that its track already has. The native part reads files: the bytes stay in one for that long. */
export async function loadStoredReference(
  reference: StoredReference,
  library: ReferenceLibrary,
  native: NativeAddon,
): Promise<ReferenceHandle> {
  const bytes = await library.lapFile(reference);
  const model = await library.store.trackModel(reference.trackKey);
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-'));
  try {
    const path = join(folder, `${reference.id}.parquet`);
    writeFileSync(path, bytes);
    const { own, label } = reference;
    const request = { path, lap: null, stint: null, own, model, label };
    return await native.ReferenceHandle.load(JSON.stringify(request));
  } catch (thrown) {
    const error = CodedError.from(thrown);
    // The user knows the lap by its id, not by a file that is gone again.
    throw new CodedError(error.code, error.data, {
      message: error.message.replace(/^.*?\.parquet/, `Reference ${reference.id}`),
      cause: thrown,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
