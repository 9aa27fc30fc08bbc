/** What review shows, from the lap store. Reads only. */
import {
  CodedError,
  type LapCornersAnswer,
  lapCornersAnswer,
  mostLapsOfSession,
  type SessionAnswer,
  type SessionLap,
  type SessionPlaces,
  type SessionsAnswer,
} from '@racing-coach/contract';
import type { ReviewGate, SessionsQuery } from '../hub/review-routes.ts';
import { trackFiles } from '../library/track-files.ts';
import type { NativeAddon } from '../native.ts';
import type { LapStoreClient, StoredLap } from '../store/lap-store.ts';
import { cursorOf, cursorText } from './cursor.ts';

/** Of some sessions; each is a few kilobytes. */
const mostKnown = 256;

export class ReviewDesk implements ReviewGate {
  readonly #native: Pick<NativeAddon, 'lapFileCorners'>;
  readonly #open: () => Promise<LapStoreClient>;
  /** By the hashes of both lap files: what was measured lately. */
  readonly #known = new Map<string, LapCornersAnswer>();
  #store: Promise<LapStoreClient> | null = null;

  /** @param open called once, when something is asked for the first time */
  constructor(native: Pick<NativeAddon, 'lapFileCorners'>, open: () => Promise<LapStoreClient>) {
    this.#native = native;
    this.#open = open;
  }

  async sessions({ after, limit, trackKey, carKey }: SessionsQuery): Promise<SessionsAnswer> {
    const store = await this.#opened();
    const position = after === null ? null : cursorOf(after);
    const found = await store.sessionPage({ after: position, limit: limit + 1, trackKey, carKey });
    const sessions = found.slice(0, limit);
    const last = found.length > limit ? sessions.at(-1) : undefined;
    return { sessions, next: last === undefined ? null : cursorText(last) };
  }

  async places(): Promise<SessionPlaces> {
    return (await this.#opened()).placesDriven();
  }

  async session(id: string): Promise<SessionAnswer> {
    const store = await this.#opened();
    const session = await store.sessionEntry(id);
    if (session === null) throw new CodedError('session-not-found');
    const laps = await store.laps(id);
    return { session, laps: laps.slice(0, mostLapsOfSession).map(shown) };
  }

  /** As they were stored with a recording; of a lap that was driven live they are measured now, from lap files. */
  async corners(lapId: string): Promise<LapCornersAnswer> {
    const store = await this.#opened();
    const [stored, place] = await Promise.all([store.corners(lapId), store.lapPlace(lapId)]);
    if (stored === null || place === null) throw new CodedError('stored-lap-not-found');
    const { lapFileSha256, sessionId, trackKey } = place;
    if (stored.corners.length > 0 || lapFileSha256 === null) return lapCornersAnswer.parse({ ...stored });
    const best = bestFile(await store.laps(sessionId)) ?? lapFileSha256;
    try {
      return await this.#measured([lapFileSha256, best], trackKey, store);
    } catch (error) {
      // The best lap's file may be the one that is damaged: the corners of this lap are then its own.
      if (best === lapFileSha256) throw error;
      return this.#measured([lapFileSha256, lapFileSha256], trackKey, store);
    }
  }

  /** Closes what this opened itself. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = null;
    await (await store?.catch(() => null))?.close();
  }

  async #measured(
    [own, best]: [string, string],
    trackKey: string,
    store: LapStoreClient,
  ): Promise<LapCornersAnswer> {
    const key = `${own} ${best}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const [file, bestFile, model] = await Promise.all([
      store.lapFile(own),
      store.lapFile(best),
      store.trackModel(trackKey),
    ]);
    if (file === null || bestFile === null) throw new CodedError('stored-lap-not-found');
    const request = JSON.stringify({ model, trackFiles });
    const text = await this.#native.lapFileCorners(Buffer.from(file), Buffer.from(bestFile), request);
    const measured = lapCornersAnswer.parse(JSON.parse(text));
    if (this.#known.size >= mostKnown) this.#known.delete(this.#known.keys().next().value ?? '');
    this.#known.set(key, measured);
    return measured;
  }

  #opened(): Promise<LapStoreClient> {
    if (this.#store === null) {
      const opening = this.#open();
      this.#store = opening;
      // What could not be opened is tried again at the next question.
      opening.catch(() => {
        if (this.#store === opening) this.#store = null;
      });
    }
    return this.#store;
  }
}

/** Whose corners hold for all of a session, as in `analyze`: the fastest reference-grade lap, else the fastest. */
function bestFile(laps: StoredLap[]): string | null {
  const timed = laps.filter(({ lapFileSha256, lapTimeS }) => lapFileSha256 !== null && lapTimeS !== null);
  const graded = timed.filter(({ referenceGrade }) => referenceGrade);
  const [fastest] = (graded.length > 0 ? graded : timed).sort(
    (a, b) => (a.lapTimeS ?? 0) - (b.lapTimeS ?? 0),
  );
  return fastest?.lapFileSha256 ?? null;
}

function shown(lap: StoredLap): SessionLap {
  const {
    sessionId: _s,
    startSample: _a,
    endSample: _e,
    analysisVersion: _v,
    lapFileSha256: _f,
    ...facts
  } = lap;
  return facts;
}
