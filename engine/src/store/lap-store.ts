/**
 * The lap store as its users see it: sessions, their laps with their lap files, reference laps, what still has to be sent. Every verb is one
 * transaction: after a crash it has happened or it has not. Verbs are synchronous, because SQLite's are; on the engine's side the store
 * lives in a worker thread (`worker-lap-store.ts`) that alone owns the file, and every verb is a promise.
 *
 * A lap is `open` from the line until its official time came or did not, then `settled` for ever. `lapFileSha256` is null for a lap that is not
 * complete, and for one too long for a lap file: such a lap is listed with its reasons, and never offered as a good one. Times and identities come from the caller; the store has
 * no clock and no randomness.
 */
import type { LapAnalysis } from '@racing-coach/contract';
import { type Outbox, outboxVerbs } from './outbox.ts';
import { type SessionLists, sessionListVerbs } from './session-list.ts';

export interface StoredSession {
  id: string;
  source: 'live' | 'import';
  /** What was read, for people: a file's name or the sim's. */
  sourceName: string;
  /** SHA-256 of an imported file, so that it is imported once; null when live. */
  contentSha256: string | null;
  sim: string;
  trackKey: string;
  carKey: string;
  trackName: string;
  trackConfig: string;
  trackLengthM: number | null;
  carName: string;
  sampleRateHz: number;
  /** As the sim writes it; may be empty. */
  date: string;
  /** The sim's version; empty when it does not say. */
  build: string;
  /** Driven by this driver. */
  own: boolean;
  /** When it was stored, ISO 8601. */
  storedAt: string;
}

/** What is known of a lap, without its corners. */
export type LapFacts = Pick<
  LapAnalysis,
  | 'stint'
  | 'lap'
  | 'startSample'
  | 'endSample'
  | 'lapTimeS'
  | 'timeSource'
  | 'officialLapTimeS'
  | 'ownLapTimeS'
  | 'complete'
  | 'valid'
  | 'referenceGrade'
  | 'assisted'
  | 'reasons'
>;

/** A lap to be stored. Everything derived carries the version of the analysis that made it. */
export interface NewLap {
  sessionId: string;
  facts: LapFacts;
  corners: LapAnalysis['corners'];
  analysisVersion: number;
  /** The lap file's bytes; null when the lap is not complete or has none. */
  lapFile: Uint8Array | null;
}

export interface StoredLap extends LapFacts {
  id: string;
  sessionId: string;
  state: 'open' | 'settled';
  analysisVersion: number;
  lapFileSha256: string | null;
}

export interface StoredReference {
  id: string;
  trackKey: string;
  carKey: string;
  trackName: string;
  trackConfig: string;
  carName: string;
  /** `auto`: the best own lap by itself, one for each track and car; `manual`: chosen by hand, wins over it. */
  origin: 'auto' | 'manual';
  own: boolean;
  label: string;
  lapTimeS: number;
  lapFileSha256: string;
  /** ISO 8601. */
  addedAt: string;
  /** The server's id of the shared lap that it was fetched from; null for every other. */
  serverReferenceId: string | null;
}

export interface LapStore extends Outbox, SessionLists {
  /** Stores or replaces what is known of a session; what changed is sent again. */
  saveSession(session: StoredSession): void;
  sessions(): StoredSession[];
  /** At the line: the lap, `open`, with its lap file and corners. Storing the same lap again changes nothing. */
  openLap(lap: NewLap): void;
  /** The time has come, or will not: the lap's final facts and an outbox entry. A settled lap stays as it is. */
  settleLap(sessionId: string, facts: LapFacts, at: string): void;
  /** At start: laps that a crash left `open` keep their own time. Returns how many there were. */
  settleLeftOpen(at: string): number;
  /** A whole recording with settled laps; false and no change when its content is known. */
  importSession(session: StoredSession, laps: NewLap[]): boolean;
  /** In the order in which they were driven. */
  laps(sessionId: string): StoredLap[];
  corners(lapId: string): { analysisVersion: number; corners: LapAnalysis['corners'] } | null;
  lapFile(sha256: string): Uint8Array | null;
  /** The fastest reference-grade lap of this driver, or null. */
  bestOwnLap(trackKey: string, carKey: string): StoredLap | null;
  /** The lap file must be stored or given. Replaces one with the same id. */
  saveReference(reference: StoredReference, lapFile: Uint8Array | null): void;
  references(): StoredReference[];
  /** False when there is none. A lap file that nothing else needs goes with it. */
  removeReference(id: string): boolean;
  trackModel(trackKey: string): string | null;
  saveTrackModel(trackKey: string, model: string): void;
  close(): void;
}

/** Every verb, for the worker: it calls nothing else. */
export const lapStoreVerbs = [
  'saveSession',
  'sessions',
  'openLap',
  'settleLap',
  'settleLeftOpen',
  'importSession',
  'laps',
  'corners',
  'lapFile',
  'bestOwnLap',
  'saveReference',
  'references',
  'removeReference',
  'trackModel',
  'saveTrackModel',
  ...outboxVerbs,
  ...sessionListVerbs,
  'close',
] as const satisfies readonly (keyof LapStore)[];

/** The store from the other side of a thread. */
export type LapStoreClient = {
  [Verb in keyof LapStore]: (...words: Parameters<LapStore[Verb]>) => Promise<ReturnType<LapStore[Verb]>>;
};

/** A lap's identity: made of what identifies it, so that storing or sending it twice is the same as once. */
export function lapId(sessionId: string, facts: { stint: number; lap: number }): string {
  return `${sessionId}-${facts.stint}-${facts.lap}`;
}

/** What a lap becomes when no official time came: its own time stands. */
export function settledWithoutOfficial<Facts extends LapFacts>(facts: Facts): Facts {
  const reasons = facts.reasons.includes('no-official-time')
    ? facts.reasons
    : [...facts.reasons, 'no-official-time'];
  return facts.complete && facts.officialLapTimeS === null
    ? { ...facts, lapTimeS: facts.ownLapTimeS, timeSource: 'interpolated', reasons }
    : facts;
}
