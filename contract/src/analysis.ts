/**
 * The documents of `analyze --json` and `compare --json`. Distances are metres from the line along the track's centre line; a stretch
 * whose `endM` is smaller than its `startM` runs across the line. Fields may be added; these names stay.
 */
import * as z from 'zod';

const reasons = z.array(z.string());

/** Whether a piece of one lap may be coached from, and why not. */
export const usableSection = z.object({
  cornerId: z.string().nullable(),
  startM: z.number(),
  endM: z.number(),
  usable: z.boolean(),
  reasons,
});

/** One application of the brake. */
export const brakeZone = z.object({
  startM: z.number(),
  endM: z.number(),
  startSpeedMps: z.number(),
  minSpeedMps: z.number(),
  peakBrake: z.number(),
  durationS: z.number(),
  trailBrakeM: z.number().nullable(),
});

/** What a lap did in one corner. */
export const cornerMetrics = z.object({
  id: z.string(),
  name: z.string().nullable(),
  direction: z.enum(['left', 'right']),
  startM: z.number(),
  apexM: z.number().nullable(),
  minSpeedM: z.number(),
  endM: z.number(),
  entrySpeedMps: z.number(),
  minSpeedMps: z.number(),
  exitSpeedMps: z.number(),
  throttleOnM: z.number().nullable(),
  fullThrottleM: z.number().nullable(),
  timeS: z.number(),
});

/** One lap, or part of one, and what it is good for. `lapTimeS` is the official time if matched, else our own; null if incomplete. */
export const lapAnalysis = z.object({
  lap: z.number(),
  stint: z.number(),
  startSample: z.number(),
  endSample: z.number(),
  lapTimeS: z.number().nullable(),
  timeSource: z.enum(['official', 'interpolated']),
  officialLapTimeS: z.number().nullable(),
  ownLapTimeS: z.number().nullable(),
  complete: z.boolean(),
  valid: z.boolean(),
  referenceGrade: z.boolean(),
  /** Driven with live instruction; null where that is not known, as of recordings of the sim. */
  assisted: z.boolean().nullable(),
  reasons,
  sections: z.array(usableSection),
  brakeZones: z.array(brakeZone),
  corners: z.array(cornerMetrics),
});
export type LapAnalysis = z.infer<typeof lapAnalysis>;

/** One recording. */
export const fileAnalysis = z.object({
  file: z.string(),
  source: z.string(),
  sim: z.string(),
  track: z.object({ name: z.string(), config: z.string(), lengthM: z.number().nullable() }),
  car: z.object({ name: z.string() }),
  sampleRateHz: z.number(),
  samples: z.number(),
  laps: z.array(lapAnalysis),
});
export type FileAnalysis = z.infer<typeof fileAnalysis>;

/** What stands in a file's place when it cannot be analysed. */
export const fileFailure = z.object({
  file: z.string(),
  error: z.object({ code: z.string(), message: z.string() }),
});
export type FileFailure = z.infer<typeof fileFailure>;

/** `analyze --json`. */
export const analyzeDocument = z.object({ files: z.array(z.union([fileAnalysis, fileFailure])) });
export type AnalyzeDocument = z.infer<typeof analyzeDocument>;

/** Why time was lost; `evidence` holds numbers with their units in their names. */
export const lossCause = z.object({
  code: z.string(),
  costS: z.number(),
  evidence: z.record(z.string(), z.number().nullable()),
});

/**
 * One section of a comparison. Its phases add up to `deltaS` within 1 ms; positive is slower than the reference. `reasons` is empty unless
 * causes were left out of `causes` because another car may explain them: `traffic` where one was close, `traffic-unknown` where the
 * recording does not tell.
 */
export const comparedSection = z.object({
  cornerId: z.string().nullable(),
  startM: z.number(),
  endM: z.number(),
  deltaS: z.number(),
  carryOverS: z.number(),
  phases: z.object({
    braking: z.number(),
    entry: z.number(),
    middle: z.number(),
    exit: z.number(),
    straight: z.number(),
  }),
  causes: z.array(lossCause),
  reasons,
});
export type ComparedSection = z.infer<typeof comparedSection>;

/** `compare --json`. The sections cover the lap once and their `deltaS` add up to `lapDeltaS` within 1 ms. */
export const compareDocument = z.object({ lapDeltaS: z.number(), sections: z.array(comparedSection) });
export type CompareDocument = z.infer<typeof compareDocument>;
