/** What overlays cost the sim, as `doctor --cost` measures it: `POST /api/cost/start/:blockS/:blocks`, `GET /api/cost`, `POST /api/cost/stop`, `POST /api/cost/full`. */
import * as z from 'zod';
import { type CostMessage, costLevels } from './board.ts';
import type { OverlayWidgetName } from './overlay-layout.ts';

const few: readonly OverlayWidgetName[] = ['brakeMarker', 'deltaBar', 'status'];
const kept: Record<CostMessage['level'], readonly OverlayWidgetName[] | 'all'> = {
  full: 'all',
  'half-rate': 'all',
  'few-widgets': few,
  // A page that is there all the same says why nothing else is.
  'audio-only': ['status'],
};

/** Whether a widget is drawn at this level. */
export function isKeptAt(level: CostMessage['level'], name: OverlayWidgetName): boolean {
  const names = kept[level];
  return names === 'all' || names.includes(name);
}

/** A 95 % interval: `value` plus or minus `plusMinus`. */
export const measuredChange = z.object({
  /** Mean of the blocks without overlays. */
  without: z.number(),
  /** With overlays less without. */
  change: z.number(),
  plusMinus: z.number(),
});
export type MeasuredChange = z.infer<typeof measuredChange>;

/** Fewer pairs of blocks say too little to act on. */
export const leastCostPairs = 4;
/** Above this share of its frames overlays cost the sim too much. */
export const costLimit = 0.03;

export const costResult = z.object({
  /** ISO 8601. */
  at: z.string(),
  /** What the HUD drew meanwhile. */
  level: z.enum(costLevels),
  pairs: z.number().int(),
  blockS: z.number(),
  /** All blocks that were wanted were driven. */
  complete: z.boolean(),
  /** Frames a second; null before two pairs. */
  frameRateHz: measuredChange.nullable(),
  /** Shares of a core and of the graphics card; null where the sim does not tell. */
  cpuUsage: measuredChange.nullable(),
  gpuUsage: measuredChange.nullable(),
});
export type CostResult = z.infer<typeof costResult>;

export const costState = z.object({
  running: z.boolean(),
  /** Overlays show nothing now. */
  blank: z.boolean(),
  /** Of the running or the last measurement. */
  block: z.number().int(),
  blocks: z.number().int(),
  /** Green seconds of this block so far, and of a block. */
  second: z.number(),
  blockS: z.number(),
  /** Seconds since the last green one: nobody drives, or not under green. */
  waitingS: z.number(),
  /** What is known so far, or was found last; null before the first pair. */
  result: costResult.nullable(),
  /** What the HUD leaves out now, and why. */
  level: z.enum(costLevels),
  why: z.string(),
  /** The result in words, a sentence each; empty without one. */
  said: z.array(z.string()),
});
export type CostState = z.infer<typeof costState>;
