/** Sessions and laps, as engines send them and as they are read. */
import * as z from 'zod';
import { brakeZone, cornerMetrics, lapAnalysis, usableSection } from '../analysis.ts';
import { sessionVisibility } from './access.ts';
import { clientId, id, instant, key, pageOf, pageQuery, queryFlag, sha256, simText } from './scalars.ts';

/** `PUT /uploads/sessions/:sessionId`: what the engine knows of a session. Sending it again replaces it. */
export const sessionUpload = z.strictObject({
  source: z.enum(['live', 'import']),
  sourceName: simText,
  sim: key,
  trackKey: key,
  carKey: key,
  trackName: simText,
  trackConfig: simText,
  trackLengthM: z.number().positive().max(100_000).nullable(),
  carName: simText,
  /** Of the sim: a new one may make cars faster. Empty where the engine does not know it. */
  build: simText.default(''),
  sampleRateHz: z.number().positive().max(1000),
  /** As the sim writes it; may be empty. */
  date: simText,
  own: z.boolean(),
  /** When the engine stored it. */
  storedAt: instant,
});
export type SessionUpload = z.infer<typeof sessionUpload>;
/** What an upload is answered with, the first time and every other. */
export const sessionStored = z.object({ id, clientId });

const lapCount = z.number().int().min(-1).max(100_000);
const sampleCount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const lapSeconds = z.number().positive().max(36_000).nullable();

/**
 * The header `lap-claim` of `PUT /uploads/laps/:lapId`, as base64url of JSON; the body is the lap file as the engine made it, or empty. The
 * server reads the file again, times it and refuses a claim that it does not bear out.
 */
export const lapClaim = z.strictObject({
  sessionId: clientId,
  stint: z.number().int().min(0).max(100_000),
  lap: lapCount,
  startSample: sampleCount,
  endSample: sampleCount,
  lapTimeS: lapSeconds,
  timeSource: lapAnalysis.shape.timeSource,
  officialLapTimeS: lapSeconds,
  ownLapTimeS: lapSeconds,
  complete: z.boolean(),
  valid: z.boolean(),
  referenceGrade: z.boolean(),
  assisted: z.boolean().nullable(),
  reasons: z.array(z.string().regex(/^[a-z0-9-]{1,60}$/)).max(40),
  analysisVersion: z.number().int().min(1).max(1_000_000),
  lapFileSha256: sha256.nullable(),
});
export type LapClaim = z.infer<typeof lapClaim>;
export const lapStored = z.object({ id, clientId, sha256: sha256.nullable() });

/** `POST /uploads/known`: which laps are here, so that an engine can send again what a server has lost. */
export const knownRequest = z.strictObject({ lapIds: z.array(clientId).min(1).max(500) });
export const knownAnswer = z.object({
  laps: z.array(z.object({ clientId, id, lapFileSha256: sha256.nullable() })),
  /** Deleted here by their owner: they are not to be sent again. */
  removed: z.array(clientId),
});

const owner = z.object({ id, name: z.string() });

export const session = sessionUpload.omit({ storedAt: true, source: true }).extend({
  id,
  clientId,
  owner,
  source: z.string(),
  visibility: sessionVisibility,
  laps: z.number().int(),
  completeLaps: z.number().int(),
  bestLapTimeS: z.number().nullable(),
  startedAt: instant,
});
export type ServerSession = z.infer<typeof session>;
export const sessionPage = pageOf(session);
/** Newest first. */
export const sessionQuery = pageQuery.extend({
  trackKey: key.optional(),
  carKey: key.optional(),
  ownerId: id.optional(),
  teamId: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export const changeSession = z.strictObject({ visibility: sessionVisibility });

export const lap = lapClaim.omit({ sessionId: true }).extend({
  id,
  clientId,
  sessionId: id,
  owner,
  trackKey: z.string(),
  carKey: z.string(),
  wet: z.boolean().nullable(),
  build: z.string(),
  lapFileBytes: z.number().int().nullable(),
  uploadedAt: instant,
});
export type ServerLap = z.infer<typeof lap>;
export const lapPage = pageOf(lap);
/** In the order in which they were driven (of one session), or the fastest first (of one track and car). */
export const lapQuery = pageQuery
  .extend({
    sessionId: id.optional(),
    trackKey: key.optional(),
    carKey: key.optional(),
    ownerId: id.optional(),
    teamId: id.optional(),
    valid: queryFlag.optional(),
    referenceGrade: queryFlag.optional(),
    order: z.enum(['driven', 'newest', 'fastest']).default('newest'),
  })
  .refine((query) => query.order !== 'driven' || query.sessionId !== undefined, {
    message: 'the order "driven" goes with one session',
    path: ['sessionId'],
  })
  .refine(
    (query) => query.order !== 'fastest' || (query.trackKey !== undefined && query.carKey !== undefined),
    { message: 'the order "fastest" goes with one track and car', path: ['trackKey'] },
  );

/** `GET /laps/:lapId/telemetry`: channels over time; a value that is missing is null. */
export const telemetryQuery = z.object({
  channels: z
    .string()
    .max(2000)
    .regex(/^[A-Za-z0-9,]+$/, 'names of channels with commas'),
});
export const telemetry = z.object({
  /** Which row of the lap each value is of; 0 is the first after the line. */
  firstRow: z.number().int(),
  sampleRateHz: z.number(),
  channels: z.record(z.string(), z.array(z.number().nullable())),
});

/** `GET /laps/:lapId/metrics`: what the same core that runs in the engine says of the lap. */
export const lapMetrics = z.object({
  lapId: id,
  analysisVersion: z.number().int(),
  sections: z.array(usableSection),
  brakeZones: z.array(brakeZone),
  corners: z.array(cornerMetrics),
});
export type LapMetrics = z.infer<typeof lapMetrics>;

/** `POST /comparisons`: answers the document of `compare --json`. */
export const comparisonRequest = z.strictObject({
  lapId: id,
  /** Another lap or a shared reference. */
  reference: z.union([z.strictObject({ lapId: id }), z.strictObject({ referenceId: id })]),
});

export const trackSummary = z.object({
  trackKey: z.string(),
  sim: z.string(),
  name: z.string(),
  config: z.string(),
  lengthM: z.number().nullable(),
  sessions: z.number().int(),
  laps: z.number().int(),
  bestLapTimeS: z.number().nullable(),
});
export const trackPage = pageOf(trackSummary);
