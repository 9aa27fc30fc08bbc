/** The lap store's twin in memory, for tests of what stands on a store. Both pass `testing/lap-store-suite.ts`. */
import type { LapAnalysis, SessionEntry, SessionPlaces } from '@racing-coach/contract';
import {
  type LapFacts,
  type LapStore,
  lapId,
  type NewLap,
  type StoredLap,
  type StoredReference,
  type StoredSession,
  settledWithoutOfficial,
} from './lap-store.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { entryOf, pageOf, placesOf } from './memory-session-list.ts';
import type { SessionPageQuery } from './session-list.ts';
import { sha256Of } from './sqlite-lap-writes.ts';

type CornersOfLap = { analysisVersion: number; corners: LapAnalysis['corners'] };

export class MemoryLapStore extends MemoryOutbox implements LapStore {
  readonly #sessions: Map<string, StoredSession>;
  readonly #laps: Map<string, StoredLap>;
  readonly #corners = new Map<string, CornersOfLap>();
  readonly #lapFiles = new Map<string, Uint8Array>();
  readonly #references = new Map<string, StoredReference>();
  readonly #trackModels = new Map<string, string>();

  constructor() {
    const laps = new Map<string, StoredLap>();
    const sessions = new Map<string, StoredSession>();
    super(laps, sessions);
    this.#laps = laps;
    this.#sessions = sessions;
  }

  saveSession(session: StoredSession): void {
    const before = this.#sessions.get(session.id);
    const same = Object.keys(session).every(
      (name) => session[name as keyof StoredSession] === before?.[name as keyof StoredSession],
    );
    this.#sessions.set(session.id, { ...session });
    if (before !== undefined && !same) this.sessionChanged(session.id);
  }

  sessions(): StoredSession[] {
    return [...this.#sessions.values()].sort(
      (a, b) => compare(a.storedAt, b.storedAt) || compare(a.id, b.id),
    );
  }

  sessionPage(query: SessionPageQuery): SessionEntry[] {
    return pageOf(
      this.sessions().map((session) => entryOf(session, this.laps(session.id))),
      query,
    );
  }

  sessionEntry(id: string): SessionEntry | null {
    const session = this.#sessions.get(id);
    return session === undefined ? null : entryOf(session, this.laps(id));
  }

  lapPlace(lapId: string): ReturnType<LapStore['lapPlace']> {
    const lap = this.#laps.get(lapId);
    const session = lap === undefined ? undefined : this.#sessions.get(lap.sessionId);
    if (lap === undefined || session === undefined) return null;
    return { sessionId: session.id, lapFileSha256: lap.lapFileSha256, trackKey: session.trackKey };
  }

  placesDriven(): SessionPlaces {
    return placesOf(this.sessions());
  }

  openLap(lap: NewLap): void {
    this.#add(lap, 'open');
  }

  settleLap(sessionId: string, facts: LapFacts, at: string): void {
    const id = lapId(sessionId, facts);
    const lap = this.#laps.get(id);
    if (lap?.state !== 'open') return;
    const { lapTimeS, timeSource, officialLapTimeS, ownLapTimeS, complete, valid, referenceGrade, reasons } =
      facts;
    const times = { lapTimeS, timeSource, officialLapTimeS, ownLapTimeS };
    const lapFileSha256 = complete ? lap.lapFileSha256 : null;
    const settled = { ...times, complete, valid, referenceGrade, reasons, lapFileSha256 };
    this.#laps.set(id, { ...lap, ...settled, state: 'settled' });
    this.queue(id, at);
    this.#dropUnusedLapFiles();
  }

  settleLeftOpen(at: string): number {
    const open = [...this.#laps.values()].filter((lap) => lap.state === 'open');
    for (const lap of open) this.settleLap(lap.sessionId, settledWithoutOfficial(lap), at);
    return open.length;
  }

  importSession(session: StoredSession, laps: NewLap[]): boolean {
    const known = [...this.#sessions.values()].some(
      ({ id, contentSha256 }) =>
        id === session.id || (contentSha256 !== null && contentSha256 === session.contentSha256),
    );
    if (known) return false;
    this.saveSession(session);
    for (const lap of laps) {
      this.#add(lap, 'settled');
      this.queue(lapId(session.id, lap.facts), session.storedAt);
    }
    return true;
  }

  laps(sessionId: string): StoredLap[] {
    return [...this.#laps.values()]
      .filter((lap) => lap.sessionId === sessionId)
      .sort((a, b) => a.startSample - b.startSample || a.stint - b.stint || a.lap - b.lap);
  }

  corners(id: string): CornersOfLap | null {
    return this.#corners.get(id) ?? null;
  }

  lapFile(sha256: string): Uint8Array | null {
    return this.#lapFiles.get(sha256) ?? null;
  }

  bestOwnLap(trackKey: string, carKey: string): StoredLap | null {
    const candidates = [...this.#laps.values()].filter((lap) => {
      const session = this.#sessions.get(lap.sessionId);
      const fits = session?.own && session.trackKey === trackKey && session.carKey === carKey;
      return fits && lap.state === 'settled' && lap.referenceGrade && lap.lapFileSha256 !== null;
    });
    const byTime = (a: StoredLap, b: StoredLap) =>
      (a.lapTimeS ?? 0) - (b.lapTimeS ?? 0) || compare(a.id, b.id);
    return candidates.sort(byTime)[0] ?? null;
  }

  saveReference(reference: StoredReference, lapFile: Uint8Array | null): void {
    if (lapFile !== null) this.#lapFiles.set(sha256Of(lapFile), lapFile);
    if (!this.#lapFiles.has(reference.lapFileSha256)) throw new Error('a reference needs its lap file');
    this.#references.set(reference.id, { ...reference });
    this.#dropUnusedLapFiles();
  }

  references(): StoredReference[] {
    return [...this.#references.values()].sort(
      (a, b) =>
        compare(a.trackKey, b.trackKey) ||
        compare(a.carKey, b.carKey) ||
        compare(b.origin, a.origin) ||
        compare(b.addedAt, a.addedAt) ||
        compare(a.id, b.id),
    );
  }

  removeReference(id: string): boolean {
    const removed = this.#references.delete(id);
    this.#dropUnusedLapFiles();
    return removed;
  }

  trackModel(trackKey: string): string | null {
    return this.#trackModels.get(trackKey) ?? null;
  }

  saveTrackModel(trackKey: string, model: string): void {
    this.#trackModels.set(trackKey, model);
  }

  close(): void {}

  #add(lap: NewLap, state: 'open' | 'settled'): void {
    const { sessionId, facts, analysisVersion, corners } = lap;
    const id = lapId(sessionId, facts);
    if (this.#laps.has(id)) return;
    if (!this.#sessions.has(sessionId)) throw new Error('a lap needs its session');
    if (lap.lapFile !== null && !facts.complete) throw new Error('only a complete lap has a file');
    const lapFileSha256 = lap.lapFile === null ? null : sha256Of(lap.lapFile);
    if (lap.lapFile !== null && lapFileSha256 !== null) this.#lapFiles.set(lapFileSha256, lap.lapFile);
    this.#laps.set(id, { ...facts, id, sessionId, state, analysisVersion, lapFileSha256 });
    this.#corners.set(id, { analysisVersion, corners });
  }

  #dropUnusedLapFiles(): void {
    const used = new Set(
      [...this.#laps.values(), ...this.#references.values()].map((row) => row.lapFileSha256),
    );
    for (const sha256 of this.#lapFiles.keys()) if (!used.has(sha256)) this.#lapFiles.delete(sha256);
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
