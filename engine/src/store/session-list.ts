/** The store's lists for review. Like every verb: synchronous in the worker, a promise outside. */
import type { SessionEntry, SessionPlaces } from '@racing-coach/contract';

/** Sessions, newest first. `after` is the last one of the page before. */
export interface SessionPageQuery {
  after: { storedAt: string; id: string } | null;
  /** 1 or more. */
  limit: number;
  trackKey: string | null;
  carKey: string | null;
}

export interface SessionLists {
  sessionPage(query: SessionPageQuery): SessionEntry[];
  /** null when there is none. */
  sessionEntry(id: string): SessionEntry | null;
  /** Where a lap's file is, and where it was driven; null when there is no such lap. */
  lapPlace(lapId: string): { sessionId: string; lapFileSha256: string | null; trackKey: string } | null;
  /** Every track and car with a session, by name. */
  placesDriven(): SessionPlaces;
}

export const sessionListVerbs = ['sessionPage', 'sessionEntry', 'lapPlace', 'placesDriven'] as const;

/** `Fuji, GP`; just the track where it has one layout. */
export const trackLabel = ({ trackName, trackConfig }: { trackName: string; trackConfig: string }): string =>
  trackConfig === '' ? trackName : `${trackName}, ${trackConfig}`;
