/**
 * What changes a few times a second at most, beside the snapshots: fuel, tyres, the cars around, the laps of this session. Each message is whole and replaces
 * the one before; a page that comes later gets the newest of each. Unknown numbers are null.
 */
import * as z from 'zod';
import { syncStates } from './sync.ts';

const unknown = z.number().nullable();

/** Fuel, from the driver's own last laps: at most five, without those in which he refuelled or was in the pits. */
export const fuelMessage = z.object({
  type: z.literal('fuel'),
  /** Litres in the tank. */
  levelL: unknown,
  /** Litres a lap, the mean of `lapsCounted` laps. */
  perLapL: unknown,
  lapsCounted: z.number().int(),
  /** Laps that the tank still holds from here. */
  lapsLeft: unknown,
  /**
   * Laps to the flag from here, the running one counted in part; null where the session does not end by laps or time, or is not running. The most that there can be:
   * a leader who is laps ahead may end the race earlier.
   */
  lapsToFlag: unknown,
  /** `lapsLeft` less `lapsToFlag`: negative runs dry before the flag. */
  marginLaps: unknown,
});
export type FuelMessage = z.infer<typeof fuelMessage>;

const tyre = z.object({
  /** Celsius, across the tread from the car's left to its right. */
  temperaturesC: z.tuple([unknown, unknown, unknown]),
  /** Tread that is left, 0 to 1, across the tread from the car's left to its right. */
  wear: z.tuple([unknown, unknown, unknown]),
  /** Cold pressure, kPa. */
  coldPressureKpa: unknown,
});
export type TyreValues = z.infer<typeof tyre>;

/** The sim tells tyre values of the last stop only: never live ones. */
export const tyresMessage = z.object({
  type: z.literal('tyres'),
  /** The lap of the stop at which they were taken; null when no stop was seen: they are those of the car as it was handed over. */
  stopLap: unknown,
  leftFront: tyre,
  rightFront: tyre,
  leftRear: tyre,
  rightRear: tyre,
});
export type TyresMessage = z.infer<typeof tyresMessage>;

/** A car near ours on the road. */
export const relativeCar = z.object({
  /** The sim's index of the car. */
  index: z.number().int(),
  /** As painted on the car: text, because it may begin with zeros. */
  number: z.string(),
  name: z.string(),
  /** The class's short name, and its colour as the sim has it, 0xRRGGBB. */
  className: z.string(),
  classColour: unknown,
  /** Position in the class; null when there is none yet. */
  classPosition: unknown,
  /** Seconds on the road, at the own pace of this place: positive is ahead of us. */
  gapS: z.number(),
  /** Whole laps that it is ahead (positive) or behind in the race; 0 outside of races. */
  lapsAhead: z.number().int(),
  inPits: z.boolean(),
  /** It is of a faster class, behind us, and comes closer: seconds until it is here; null otherwise. */
  arrivesInS: unknown,
});
export type RelativeCar = z.infer<typeof relativeCar>;

/** The cars around, the one farthest ahead first; our own is not among them. */
export const relativeMessage = z.object({
  type: z.literal('relative'),
  /** Our own line in the list. */
  own: z
    .object({
      number: z.string(),
      className: z.string(),
      classColour: unknown,
      classPosition: unknown,
    })
    .nullable(),
  cars: z.array(relativeCar),
});
export type RelativeMessage = z.infer<typeof relativeMessage>;

/** A finished lap in the list of this session. */
export const boardLap = z.object({
  lap: z.number().int(),
  stint: z.number().int(),
  lapTimeS: unknown,
  /** Complete, valid, and without a reason against it. */
  clean: z.boolean(),
  valid: z.boolean(),
  complete: z.boolean(),
  best: z.boolean(),
  /** Against the session's best; null without times. */
  toBestS: unknown,
  /** Codes of the table of reasons. */
  reasons: z.array(z.string()),
});
export type BoardLap = z.infer<typeof boardLap>;

/** Laps of this session whose time is settled, the newest last, twenty at most; and how evenly the clean ones were driven. Parts under ten seconds are left out. */
export const lapsMessage = z.object({
  type: z.literal('laps'),
  laps: z.array(boardLap),
  /** null before three clean laps. */
  consistency: z
    .object({
      /** Clean laps that count: the last ten at most. */
      laps: z.number().int(),
      /** Standard deviation of their times, s. */
      spreadS: z.number(),
      /** Mean less best, s. */
      meanToBestS: z.number(),
      /** The corner in which the time varies most, and its standard deviation; null without a reference. */
      loosest: z.object({ cornerId: z.string(), spreadS: z.number() }).nullable(),
    })
    .nullable(),
});
export type LapsMessage = z.infer<typeof lapsMessage>;

/**
 * What each corner of the running lap cost, in the order of the reference's corners. Corners that are driven as one complex have one number, at the first of them. A corner
 * that lies across the line counts to the lap in which it ends.
 */
export const cornersMessage = z.object({
  type: z.literal('corners'),
  lap: z.number().int(),
  /** Seconds against the reference; null: not driven yet in this lap, or not usable. */
  corners: z.array(z.object({ cornerId: z.string(), deltaS: unknown })),
});
export type CornersMessage = z.infer<typeof cornersMessage>;

/** The track's line, to be drawn: east and north in metres, a point every `stepM` metres from the line, closed. */
export const mapMessage = z.object({
  type: z.literal('map'),
  map: z
    .object({
      /** From recorded positions, or reckoned from speed and heading and closed. */
      origin: z.enum(['positions', 'dead-reckoning']),
      stepM: z.number(),
      eastM: z.array(z.number()),
      northM: z.array(z.number()),
    })
    .nullable(),
});
export type MapMessage = z.infer<typeof mapMessage>;

/** Whether live instruction is off because of the rules of this session. */
export const rulesMessage = z.object({
  type: z.literal('rules'),
  raceLegal: z.boolean(),
  /** In words, for the badge's explanation. */
  why: z.string(),
});
export type RulesMessage = z.infer<typeof rulesMessage>;

/** What the HUD leaves out to cost the sim less; `full` is everything. */
export const costLevels = ['full', 'half-rate', 'few-widgets', 'audio-only'] as const;
export const costMessage = z.object({
  type: z.literal('cost'),
  level: z.enum(costLevels),
  /** In words, for the status. */
  why: z.string(),
});
export type CostMessage = z.infer<typeof costMessage>;

/**
 * Whether overlays show nothing for now, because what they cost is being measured. A page that is told so draws nothing, and the shell hides its windows;
 * it ends by another message, or with the connection.
 */
export const blankMessage = z.object({ type: z.literal('blank'), blank: z.boolean() });
export type BlankMessage = z.infer<typeof blankMessage>;

/** How laps get to the server. */
export const syncMessage = z.object({
  type: z.literal('sync'),
  state: z.enum(syncStates),
  /** In one sentence, with what to do. */
  text: z.string(),
  waiting: z.number().int(),
  refused: z.number().int(),
});
export type SyncMessage = z.infer<typeof syncMessage>;

/** Of each the newest counts. */
export const boardMessages = [
  fuelMessage,
  tyresMessage,
  relativeMessage,
  lapsMessage,
  cornersMessage,
  mapMessage,
  rulesMessage,
  costMessage,
  blankMessage,
  syncMessage,
] as const;
export const boardMessage = z.discriminatedUnion('type', boardMessages);
export type BoardMessage = z.infer<typeof boardMessage>;
