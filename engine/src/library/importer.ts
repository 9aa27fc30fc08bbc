/**
 * A recording becomes a session in the store: every lap with what it is good for, complete laps with their lap files, all in one transaction.
 * The content's hash is the session's identity, so that importing twice, or a copy under another name, changes nothing.
 */
import { basename } from 'node:path';
import type { LapSession, LapSummary } from '@racing-coach/contract';
import { describeRecording, type ExtractedLap, type NativeAddon } from '../native.ts';
import type { NewLap, StoredReference, StoredSession } from '../store/lap-store.ts';
import { contentSha256 } from './recordings.ts';
import { type ReferenceLibrary, saysWhere } from './reference-library.ts';
import { loadStoredReference } from './stored-reference.ts';
import { trackFiles } from './track-files.ts';

export interface Imported {
  result: 'imported' | 'already';
  sessionId: string;
  laps: number;
  completeLaps: number;
  /** The reference lap that this recording brought, if it brought one. */
  reference: StoredReference | null;
}

export async function importRecording(
  path: string,
  library: ReferenceLibrary,
  native: NativeAddon,
  at: Date,
): Promise<Imported> {
  const sha256 = await contentSha256(path);
  const sessionId = `rec-${sha256.slice(0, 24)}`;
  const known = (await library.store.sessions()).some((session) => session.id === sessionId);
  if (known)
    return { ...(await countLaps(sessionId, library)), result: 'already', sessionId, reference: null };
  const described = await describeRecording(native, path);
  // An export that does not even say where it was driven does not say by whom: it must not become this driver's best.
  const session = { ...described, own: described.own && saysWhere(described) };
  const laps = (await native.extractLaps(path, [...trackFiles])).map((lap) => newLap(sessionId, lap));
  const stored = storedSession(sessionId, path, sha256, session, at);
  const added = await library.store.importSession(stored, laps);
  const reference = added ? await library.refresh(session, at) : null;
  if (reference !== null) await keepTrackModel(reference, library, native);
  const counts = await countLaps(sessionId, library);
  return { ...counts, result: added ? 'imported' : 'already', sessionId, reference };
}

async function countLaps(sessionId: string, { store }: ReferenceLibrary) {
  const laps = await store.laps(sessionId);
  return { laps: laps.length, completeLaps: laps.filter((lap) => lap.complete).length };
}

/** An extracted lap as the store takes it. */
export function newLap(sessionId: string, { summary, lapFile }: ExtractedLap): NewLap {
  const facts = JSON.parse(summary) as LapSummary;
  const { corners, session } = facts;
  return { sessionId, facts, corners, analysisVersion: session.analysisVersion, lapFile: lapFile ?? null };
}

export function storedSession(
  id: string,
  path: string,
  sha256: string | null,
  session: LapSession,
  at: Date,
): StoredSession {
  return {
    id,
    source: sha256 === null ? 'live' : 'import',
    sourceName: basename(path),
    contentSha256: sha256,
    sim: session.sim,
    trackKey: session.trackKey,
    carKey: session.carKey,
    trackName: session.track.name,
    trackConfig: session.track.config,
    trackLengthM: session.track.lengthM,
    carName: session.car.name,
    sampleRateHz: session.sampleRateHz,
    date: session.date,
    build: session.build,
    own: session.own,
    storedAt: at.toISOString(),
  };
}

/** Corner ids must survive a change of reference: the model that this one was analysed with is the track's from now on. */
export async function keepTrackModel(
  reference: StoredReference,
  library: ReferenceLibrary,
  native: NativeAddon,
): Promise<void> {
  const handle = await loadStoredReference(reference, library, native);
  await library.store.saveTrackModel(reference.trackKey, handle.model());
}
