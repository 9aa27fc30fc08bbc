/**
 * How much the HUD draws, from what was measured. It decides by measurements with overlays on and off alone: while somebody drives the HUD is never blanked
 * to find out, and a drop of the frame rate when an overlay appears proves nothing, because the frame rate changes by more from one corner to the next.
 *
 * Down by one level, at once, when a measurement at the present level finds more than the limit and chance does not explain it. Up by one level only when
 * the next session begins, only when the present level costs less than half of the limit, and not where the level above was found too dear in the last
 * seven days; or all the way when the user says so.
 */
import {
  type CostMessage,
  type CostResult,
  costLevels,
  costLimit,
  costResult,
  leastCostPairs,
} from '@racing-coach/contract';
import * as z from 'zod';

type Level = CostMessage['level'];

/** What is kept between runs: the level, and the newest measurement at each. */
export const costRecord = z.object({
  version: z.literal(1),
  level: z.enum(costLevels),
  measured: z.partialRecord(z.enum(costLevels), costResult),
});
export type CostRecord = z.infer<typeof costRecord>;

export const noCostRecord: CostRecord = { version: 1, level: 'full', measured: {} };

const forgottenAfterMs = 7 * 86_400_000;

/** Share of the frames that overlays take: 0.03 is three in a hundred; null where that was not found. */
export function costShare({ frameRateHz }: CostResult): { value: number; least: number } | null {
  if (frameRateHz === null || !(frameRateHz.without > 0)) return null;
  const { without, change, plusMinus } = frameRateHz;
  return { value: -change / without, least: (-change - plusMinus) / without };
}

const neighbour = (level: Level, step: -1 | 1): Level | null =>
  costLevels[costLevels.indexOf(level) + step] ?? null;

function tooDear(result: CostResult): boolean {
  const share = costShare(result);
  return share !== null && result.pairs >= leastCostPairs && share.value > costLimit && share.least > 0;
}

/** After a measurement. One of too few pairs changes nothing. */
export function afterMeasurement(record: CostRecord, result: CostResult): CostRecord {
  if (result.pairs < leastCostPairs) return record;
  const measured = { ...record.measured, [result.level]: result };
  const next = result.level === record.level && tooDear(result) ? neighbour(record.level, 1) : null;
  return { ...record, measured, level: next ?? record.level };
}

/** When a session begins. */
export function atNextSession(record: CostRecord, now: Date): CostRecord {
  const above = neighbour(record.level, -1);
  const here = record.measured[record.level];
  const share = here === undefined ? null : costShare(here);
  if (above === null || share === null || share.value >= costLimit / 2) return record;
  const before = record.measured[above];
  const recent = before !== undefined && now.getTime() - Date.parse(before.at) < forgottenAfterMs;
  return recent && tooDear(before) ? record : { ...record, level: above };
}

const draws: Record<Level, string> = {
  full: 'The HUD draws everything.',
  'half-rate': 'The HUD draws 30 times a second.',
  'few-widgets': 'The HUD draws 30 times a second and leaves out what is least needed.',
  'audio-only': 'The HUD draws nothing; sound goes on.',
};

/** The level in words. */
export function costMessage({ level, measured }: CostRecord): CostMessage {
  const above = neighbour(level, -1);
  const reason = above === null ? undefined : measured[above];
  const share = reason === undefined ? null : costShare(reason);
  if (share === null) return { type: 'cost', level, why: draws[level] };
  const percent = (100 * share.value).toFixed(1);
  const why = `${draws[level]} Before, overlays took ${percent} % of the sim’s frames. “doctor --cost” measures again; “doctor --cost-reset” goes back to everything.`;
  return { type: 'cost', level, why };
}
