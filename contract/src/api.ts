/**
 * What the engine answers over HTTP to whoever has the token: `GET /api/state`, `/api/health`, `/api/sync`, `/api/offers`, `/api/urls`; `POST /api/sync/now`, `POST /api/offers/:id/use`,
 * `/api/token/renew`, `/api/obs/password`.
 */
import * as z from 'zod';
import { offer } from './hub.ts';
import { type ObsLayout, obsHealth } from './obs.ts';
import { latencyCounts, presence, runnerStatistics } from './runner.ts';
import { syncOff, syncState } from './sync.ts';

/** `GET /api/state`. */
export const engineState = z.object({
  version: z.string(),
  /** What is read, for people: `iRacing`, a file's name. */
  source: z.string(),
  presence,
  /** Code and words of the coach's status. */
  status: z.string(),
  statusText: z.string(),
  session: z.object({ track: z.string(), config: z.string(), car: z.string(), kind: z.string() }).nullable(),
  reference: z
    .object({
      label: z.string(),
      own: z.boolean(),
      rough: z.boolean(),
      lapTimeS: z.number(),
      why: z.string(),
    })
    .nullable(),
  /** Whether live instruction is off because of the rules of the session, and why; null before a session. */
  rules: z.object({ raceLegal: z.boolean(), why: z.string() }).nullable(),
  /** Laps stored since the start. */
  laps: z.number(),
});
export type EngineState = z.infer<typeof engineState>;

/** `GET /api/health`: what `doctor` shows of a running engine. Latencies count from the moment at which a row was read. */
export const engineHealth = z.object({
  version: z.string(),
  pid: z.number(),
  command: z.string(),
  source: z.string(),
  /** What is in the way of reading, in words; null when nothing is. */
  trouble: z.string().nullable(),
  runner: runnerStatistics,
  pages: z.number(),
  obs: obsHealth,
  /** An older engine sends none. */
  sync: syncState.default(syncOff),
  latency: z.object({ snapshot: latencyCounts, hub: latencyCounts, frame: latencyCounts }),
});
export type EngineHealth = z.infer<typeof engineHealth>;

/** `GET /api/offers`. */
export const offersAnswer = z.object({ offers: z.array(offer) });

/** What `POST /api/offers/:id/use` answers. */
export const offerUsed = z.object({
  used: z.object({ id: z.string(), label: z.string(), lapTimeS: z.number() }),
});
export type OfferUsed = z.infer<typeof offerUsed>;

/**
 * `GET /api/urls`: every address of this installation, with its token; the layouts of the OBS page as `obs/<layout>`. Those carry a token of their own,
 * which opens what viewers may see and nothing else.
 */
export const pageUrls = z.object({
  hud: z.string(),
  audio: z.string(),
  settings: z.string(),
  review: z.string(),
  'obs/minimal': z.string(),
  'obs/coach': z.string(),
  'obs/full': z.string(),
  'obs/input': z.string(),
  hub: z.string(),
  api: z.string(),
} satisfies Record<`obs/${ObsLayout}`, z.ZodString> & Record<string, z.ZodString>);
export type PageUrls = z.infer<typeof pageUrls>;

/** `POST /api/token/renew`: the addresses that work from now on. Every page with an old one is closed. */
export const tokenRenewed = z.object({ token: z.string(), urls: pageUrls });
export type TokenRenewed = z.infer<typeof tokenRenewed>;

/** Body of `POST /api/obs/password`: OBS' own password; empty takes it away. Never answered, shown or logged. */
export const obsPassword = z.object({ password: z.string().max(256) });
