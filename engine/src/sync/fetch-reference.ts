/**
 * A shared lap of the server comes into the library. It is validated like any other lap file: its hash is the one that was promised, the core reads it and makes a reference of
 * it, and it is of the track and car that the server names.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@racing-coach/contract';
import type { SharedReference } from '@racing-coach/contract/server';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import { trackFiles } from '../library/track-files.ts';
import type { NativeAddon, ReferenceFacts } from '../native.ts';
import type { StoredReference } from '../store/lap-store.ts';
import type { ServerReferences } from './server-references.ts';

export interface FetchParts {
  references: ServerReferences;
  library: ReferenceLibrary;
  native: NativeAddon;
}

/** Rejects with `server-reference-not-found`, `server-reference-bad`, or what is in the way of the server. */
export async function fetchReference(id: string, parts: FetchParts, at: Date): Promise<StoredReference> {
  const shared = await parts.references.find(id);
  if (shared === null) throw new CodedError('server-reference-not-found', { id });
  return take(shared, parts, at);
}

async function take(
  shared: SharedReference,
  { references, library, native }: FetchParts,
  at: Date,
): Promise<StoredReference> {
  const { id, trackKey, carKey, trackName, trackConfig, carName, lapTimeS } = shared;
  const lapFile = await references.file(id);
  if (createHash('sha256').update(lapFile).digest('hex') !== shared.sha256)
    throw new CodedError('server-reference-bad', {
      id,
      cause: 'its file is not the one that the server names',
    });
  const model = await library.store.trackModel(trackKey);
  const read = await readLapFile(id, lapFile, model, native);
  if (read.trackKey !== trackKey || read.carKey !== carKey)
    throw new CodedError('server-reference-bad', { id, cause: 'its file is of another track or car' });
  const session = {
    trackKey,
    carKey,
    track: { name: trackName, config: trackConfig, lengthM: null },
    car: { name: carName },
  };
  const label = `${shared.label} (${shared.owner.name})`;
  const stored = await library.addFetched({ session, lapTimeS, lapFile, label }, id, at);
  if (model === null) await library.store.saveTrackModel(trackKey, read.model);
  return stored;
}

/** The core reads files: the bytes lie in one for that long. */
async function readLapFile(id: string, bytes: Uint8Array, model: string | null, native: NativeAddon) {
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-'));
  try {
    const path = join(folder, 'shared.parquet');
    writeFileSync(path, bytes);
    const request = { path, lap: null, stint: null, own: false, model, trackFiles };
    const handle = await native.ReferenceHandle.load(JSON.stringify(request));
    return { ...(JSON.parse(handle.facts()) as ReferenceFacts), model: handle.model() };
  } catch (thrown) {
    const cause = CodedError.from(thrown).message.replace(/^.*?\.parquet:?\s*/, '');
    throw new CodedError('server-reference-bad', { id, cause: cause.replace(/\.$/, '') }, { cause: thrown });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fetched laps whose file is another one on the server by now. One that is gone there stays here. Resolves to what changed. */
export async function updateFetched(parts: FetchParts, at: Date): Promise<StoredReference[]> {
  const updated: StoredReference[] = [];
  for (const stored of await parts.library.list()) {
    if (stored.serverReferenceId === null) continue;
    const shared = await parts.references.find(stored.serverReferenceId);
    if (shared !== null && shared.sha256 !== stored.lapFileSha256)
      updated.push(await take(shared, parts, at));
  }
  return updated;
}
