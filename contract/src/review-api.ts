/**
 * Review over the engine's HTTP: `GET /api/sessions?after=&limit=&track=&car=` (newest first), `GET /api/sessions/places`, `GET /api/sessions/<id>/laps`,
 * `GET /api/laps/<id>/corners`. Read-only. Times are seconds, speeds metres per second, places metres from the line.
 */
import * as z from 'zod';
import { cornerMetrics, lapAnalysis } from './analysis.ts';

/** Sessions of one page of the list. */
export const mostSessionsOfPage = 100;
/** Laps of one session; a day of driving has fewer. */
export const mostLapsOfSession = 5000;

/** A session in the list. */
export const sessionEntry = z.object({
  id: z.string(),
  source: z.enum(['live', 'import']),
  /** A file's name or the sim's. */
  sourceName: z.string(),
  sim: z.string(),
  trackKey: z.string(),
  carKey: z.string(),
  trackName: z.string(),
  trackConfig: z.string(),
  carName: z.string(),
  /** When it was driven, as the sim writes it; may be empty. */
  date: z.string(),
  /** The sim's version; may be empty. */
  build: z.string(),
  /** ISO 8601. */
  storedAt: z.string(),
  own: z.boolean(),
  laps: z.number().int(),
  /** Laps that count. */
  validLaps: z.number().int(),
  /** Of those that count; null without one. */
  bestLapTimeS: z.number().nullable(),
});
export type SessionEntry = z.infer<typeof sessionEntry>;

export const sessionsAnswer = z.object({
  sessions: z.array(sessionEntry),
  /** What `after` takes for the next page; null at the end. */
  next: z.string().nullable(),
});
export type SessionsAnswer = z.infer<typeof sessionsAnswer>;

const place = z.object({ key: z.string(), name: z.string() });

/** Where and in what there are sessions, by name. */
export const sessionPlaces = z.object({ tracks: z.array(place), cars: z.array(place) });
export type SessionPlaces = z.infer<typeof sessionPlaces>;

/** A lap of a session, in the order in which they were driven. */
export const sessionLap = lapAnalysis
  .omit({ startSample: true, endSample: true, sections: true, brakeZones: true, corners: true })
  .extend({
    id: z.string(),
    /** `open`: the sim has not said its time yet. */
    state: z.enum(['open', 'settled']),
  });
export type SessionLap = z.infer<typeof sessionLap>;

export const sessionAnswer = z.object({ session: sessionEntry, laps: z.array(sessionLap) });
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** Those of an older analysis may lack what is null here. */
const measuredCorner = cornerMetrics.extend({
  /** Where the brake was first pressed for it; null where it was not. */
  brakeOnsetM: z.number().nullable().default(null),
});
export const lapCornersAnswer = z.object({ analysisVersion: z.number(), corners: z.array(measuredCorner) });
export type LapCornersAnswer = z.infer<typeof lapCornersAnswer>;
