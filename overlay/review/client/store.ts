/**
 * What the page knows. The list grows by pages; the chosen session and lap are asked for when they are chosen, and all of it anew when the engine tells of a
 * finished lap. An answer that comes after another choice was made is left aside. Knows no DOM.
 */
import type {
  LapCornersAnswer,
  SessionAnswer,
  SessionEntry,
  SessionPlaces,
  Settings,
} from '@racing-coach/contract';
import { Away } from '../../panes/engine-api.ts';
import { bestLap } from '../numbers/summary.ts';
import type { Place } from './place.ts';
import type { ReviewApi, SessionFilter } from './review-api.ts';

export interface ReviewState {
  /** null until the engine has answered once. */
  look: Settings['look'] | null;
  /** null: not loaded yet. */
  sessions: SessionEntry[] | null;
  /** Where the next page begins; null at the end. */
  next: string | null;
  places: SessionPlaces;
  filter: SessionFilter;
  loadingMore: boolean;
  place: Place;
  session: SessionAnswer | null;
  /** By lap id: of the chosen lap and of the session's best; null for one whose corners cannot be had. */
  corners: Record<string, LapCornersAnswer['corners'] | null>;
  /** Whether the engine answers. */
  away: boolean;
  /** What went wrong otherwise; null when all is well. */
  problem: string | null;
}

export interface ReviewOptions {
  api: Pick<ReviewApi, 'settings' | 'places' | 'sessions' | 'session' | 'corners'>;
  later(ms: number, run: () => void): void;
}

export const sessionsOfPage = 40;
const retryMs = 1000;

export class ReviewStore {
  readonly #options: ReviewOptions;
  readonly #listeners = new Set<() => void>();
  #retrying = false;
  #state: ReviewState = {
    look: null,
    sessions: null,
    next: null,
    places: { tracks: [], cars: [] },
    filter: { trackKey: null, carKey: null },
    loadingMore: false,
    place: { sessionId: null, lapId: null },
    session: null,
    corners: {},
    away: false,
    problem: null,
  };

  constructor(options: ReviewOptions) {
    this.#options = options;
  }

  get state(): ReviewState {
    return this.#state;
  }

  listen(run: () => void): () => void {
    this.#listeners.add(run);
    return () => this.#listeners.delete(run);
  }

  /** Asks for everything that is shown, anew. What was on the list stays on it. */
  refresh = (): Promise<void> =>
    this.#try(async () => {
      const { api } = this.#options;
      const [settings, places] = await Promise.all([api.settings(), api.places()]);
      this.#set({ look: settings.look, places });
      await this.#loadList(Math.max(sessionsOfPage, this.#state.sessions?.length ?? 0));
      await this.#loadChosen();
    });

  /** Asks for the session that is shown, anew. */
  refreshChosen = (): Promise<void> => this.#try(() => this.#loadChosen());

  choose(place: Place): Promise<void> {
    const { sessionId } = this.#state.place;
    const sameSession = place.sessionId === sessionId;
    this.#set({ place, ...(sameSession ? {} : { session: null, corners: {} }) });
    return this.#try(() => this.#loadChosen());
  }

  filterBy(filter: SessionFilter): Promise<void> {
    this.#set({ filter, sessions: null, next: null });
    return this.#try(async () => {
      await this.#loadList(sessionsOfPage);
      await this.#loadChosen();
    });
  }

  more(): Promise<void> {
    const { next, loadingMore, filter, sessions } = this.#state;
    if (next === null || loadingMore || sessions === null) return Promise.resolve();
    this.#set({ loadingMore: true });
    return this.#try(async () => {
      const page = await this.#options.api.sessions(filter, sessionsOfPage, next);
      if (this.#state.filter !== filter || this.#state.next !== next) return;
      this.#set({ sessions: [...sessions, ...page.sessions], next: page.next });
    }).finally(() => this.#set({ loadingMore: false }));
  }

  async #loadList(count: number): Promise<void> {
    const { filter } = this.#state;
    const sessions: SessionEntry[] = [];
    let next: string | null = null;
    do {
      const limit = Math.min(100, count - sessions.length);
      const page = await this.#options.api.sessions(filter, limit, next);
      sessions.push(...page.sessions);
      next = page.next;
    } while (next !== null && sessions.length < count);
    if (this.#state.filter === filter) this.#set({ sessions, next });
  }

  /** The chosen session, or the newest; the chosen lap's corners, or the best one's. */
  async #loadChosen(): Promise<void> {
    const { place, sessions } = this.#state;
    const id = place.sessionId ?? sessions?.[0]?.id ?? null;
    if (id === null) return;
    const session = await this.#options.api.session(id);
    if (this.#state.place !== place) return;
    this.#set({ session });
    const best = bestLap(session.laps);
    const wanted = [place.lapId ?? best?.id, best?.id].filter((lap) => lap !== undefined);
    const known = session.laps.map((lap) => lap.id);
    const corners: ReviewState['corners'] = {};
    let failed: unknown = null;
    for (const lap of new Set(wanted.filter((lap) => known.includes(lap))))
      try {
        corners[lap] = (await this.#options.api.corners(lap)).corners;
      } catch (error) {
        corners[lap] = null;
        failed = error;
      }
    if (this.#state.place === place) this.#set({ corners });
    // One that cannot be read does not take the other with it, and is said.
    if (failed !== null) throw failed;
  }

  async #try(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      this.#set({ away: false, problem: null });
    } catch (error) {
      if (error instanceof Away) this.#goAway();
      else this.#set({ away: false, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  #goAway(): void {
    this.#set({ away: true });
    if (this.#retrying) return;
    this.#retrying = true;
    this.#options.later(retryMs, () => {
      this.#retrying = false;
      void this.refresh();
    });
  }

  #set(change: Partial<ReviewState>): void {
    this.#state = { ...this.#state, ...change };
    for (const run of this.#listeners) run();
  }
}
