/** What review shows, from the lap store. Reads only. */
import {
  CodedError,
  type LapCornersAnswer,
  mostLapsOfSession,
  type SessionAnswer,
  type SessionLap,
  type SessionPlaces,
  type SessionsAnswer,
} from '@racing-coach/contract';
import type { ReviewGate, SessionsQuery } from '../hub/review-routes.ts';
import type { LapStoreClient, StoredLap } from '../store/lap-store.ts';
import { cursorOf, cursorText } from './cursor.ts';

export class ReviewDesk implements ReviewGate {
  readonly #open: () => Promise<LapStoreClient>;
  #store: Promise<LapStoreClient> | null = null;

  /** @param open called once, when something is asked for the first time */
  constructor(open: () => Promise<LapStoreClient>) {
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

  async corners(lapId: string): Promise<LapCornersAnswer> {
    const found = await (await this.#opened()).corners(lapId);
    if (found === null) throw new CodedError('stored-lap-not-found');
    return found;
  }

  /** Closes what this opened itself. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = null;
    await (await store?.catch(() => null))?.close();
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
