/** The addresses of review. What each gives stands in the contract's `review-api.ts`. */
import {
  CodedError,
  type LapCornersAnswer,
  mostSessionsOfPage,
  type SessionAnswer,
  type SessionPlaces,
  type SessionsAnswer,
} from '@racing-coach/contract';
import * as z from 'zod';
import { plainIssue } from '../settings/plain-issue.ts';

export interface SessionsQuery {
  after: string | null;
  limit: number;
  trackKey: string | null;
  carKey: string | null;
}

export interface ReviewGate {
  sessions(query: SessionsQuery): Promise<SessionsAnswer>;
  places(): Promise<SessionPlaces>;
  /** Rejects with `session-not-found`. */
  session(id: string): Promise<SessionAnswer>;
  /** Rejects with `stored-lap-not-found`. */
  corners(lapId: string): Promise<LapCornersAnswer>;
}

interface ReviewRoute {
  method: 'GET';
  path: RegExp;
  answer(api: { review?: ReviewGate }, words: string[], facts: { query: URLSearchParams }): Promise<unknown>;
}

const key = z.string().min(1).max(300).nullable().default(null);
const sessionsQuery = z.object({
  after: z.string().max(600).nullable().default(null),
  limit: z.coerce.number().int().min(1).max(mostSessionsOfPage).default(50),
  track: key,
  car: key,
});

const id = '([A-Za-z0-9._~-]{1,200})';

export const reviewRoutes: ReviewRoute[] = [
  {
    method: 'GET',
    path: /^\/api\/sessions$/,
    answer: ({ review }, _words, { query }) => gateOf(review).sessions(readQuery(query)),
  },
  {
    method: 'GET',
    path: /^\/api\/sessions\/places$/,
    answer: ({ review }) => gateOf(review).places(),
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/sessions/${id}/laps$`),
    answer: ({ review }, [session = '']) => gateOf(review).session(session),
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/laps/${id}/corners$`),
    answer: ({ review }, [lap = '']) => gateOf(review).corners(lap),
  },
];

function gateOf(review: ReviewGate | undefined): ReviewGate {
  if (review === undefined) throw new CodedError('usage', { cause: 'Nothing is stored here.' });
  return review;
}

function readQuery(query: URLSearchParams): SessionsQuery {
  const given = sessionsQuery.safeParse(Object.fromEntries(query));
  if (!given.success) {
    const { field, cause } = plainIssue(given.error);
    throw new CodedError('usage', { cause: `${field}: ${cause}.` });
  }
  const { after, limit, track, car } = given.data;
  return { after, limit, trackKey: track, carKey: car };
}
