/** The coach's events, in the hub's messages and as the lines of `replay --events`. */
import * as z from 'zod';

const place = {
  /** Row of the source at which it happened. */
  sample: z.number(),
  sessionTimeS: z.number().nullable(),
  lap: z.number(),
  stint: z.number(),
  lapDistanceM: z.number().nullable(),
};

/** A lap is finished and its time settled (or, with `settled: false`, just over the line; never in `--events`). */
export const lapEvent = z.object({
  type: z.literal('lap'),
  ...place,
  settled: z.boolean(),
  startSample: z.number(),
  endSample: z.number(),
  lapTimeS: z.number().nullable(),
  timeSource: z.enum(['official', 'interpolated']),
  officialLapTimeS: z.number().nullable(),
  ownLapTimeS: z.number().nullable(),
  complete: z.boolean(),
  valid: z.boolean(),
  referenceGrade: z.boolean(),
  /** Live instruction was given in it, in this run: a brake point, a beat, a target speed, the reference's pedals, a cue. */
  assisted: z.boolean(),
  reasons: z.array(z.string()),
});

/** Something for the driver to do or know now. */
export const cueEvent = z.object({
  type: z.literal('cue'),
  ...place,
  kind: z.enum(['teach', 'action', 'safety', 'info']),
  code: z.string(),
  cornerId: z.string().nullable(),
  priority: z.number(),
  words: z.string(),
  /** The place that the cue is about, metres from the line. */
  targetM: z.number().nullable(),
  /** Metres from the car to it. */
  leadM: z.number().nullable(),
  evidence: z.record(z.string(), z.number().nullable()),
});

/** What a corner's section cost against the reference, after its exit. */
export const cornerEvent = z.object({
  type: z.literal('corner'),
  ...place,
  cornerId: z.string(),
  /** Seconds against the reference in the section so far (start to exit); positive is slower. */
  deltaS: z.number(),
  /** The driver's own spread here (standard deviation of deltaS over his passes); null before three passes. */
  spreadS: z.number().nullable(),
  usable: z.boolean(),
  /** Whether it is worth showing: usable, at least 0.05 s and 1.5 spreads. */
  show: z.boolean(),
  minSpeedMps: z.number(),
  /** Null where the rules forbid live instruction, and so is the reference's onset. */
  referenceMinSpeedMps: z.number().nullable(),
  brakeOnsetM: z.number().nullable(),
  referenceBrakeOnsetM: z.number().nullable(),
  reasons: z.array(z.string()),
});

/** The coach begins or stops being silent, and why. */
export const statusEvent = z.object({
  type: z.literal('status'),
  ...place,
  status: z.string(),
  silent: z.boolean(),
  text: z.string(),
});

export const coachEvent = z.discriminatedUnion('type', [lapEvent, cueEvent, cornerEvent, statusEvent]);
export type CoachEvent = z.infer<typeof coachEvent>;
export type LapEvent = z.infer<typeof lapEvent>;
export type CueEvent = z.infer<typeof cueEvent>;
export type CornerEvent = z.infer<typeof cornerEvent>;
export type StatusEvent = z.infer<typeof statusEvent>;
