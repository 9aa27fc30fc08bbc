/** Fuel as it is read: never more than there is. */
import type { FuelMessage } from '@racing-coach/contract';
import { minus } from '../../number-text.ts';

/** `short` runs dry before the flag, `tight` has less than a lap to spare; `open`: where the flag is, nobody knows. */
export type FuelMargin = 'open' | 'short' | 'tight' | 'enough';

/** A lap to spare is what a driver wants: a slower leader or a longer formation lap costs as much. */
const tightLaps = 1;

export function marginOf({ marginLaps }: FuelMessage): FuelMargin {
  if (marginLaps === null) return 'open';
  if (marginLaps < 0) return 'short';
  return marginLaps < tightLaps ? 'tight' : 'enough';
}

/** Rounded down to tenths; empty when unknown. */
export const lapsText = (laps: number | null) => (laps === null ? '' : tenthsDown(Math.max(0, laps)));

/** Rounded down, towards running dry; with a sign. Empty when unknown. */
export function marginText(laps: number | null): string {
  if (laps === null) return '';
  const tenths = Math.floor(laps * 10 + rounding);
  const digits =
    Math.abs(tenths) >= 1000 ? String(Math.round(Math.abs(tenths) / 10)) : (Math.abs(tenths) / 10).toFixed(1);
  return `${tenths < 0 ? minus : '+'}${digits}`;
}

/** 3.0 may arrive as 2.9999999. */
const rounding = 1e-6;

function tenthsDown(laps: number): string {
  const tenths = Math.floor(laps * 10 + rounding);
  return tenths >= 1000 ? String(Math.floor(tenths / 10)) : (tenths / 10).toFixed(1);
}

/** Steps of the bar from an empty tank to its right end. */
export const barSteps = 200;

/** The tank and the flag on one line; the farther of both, in laps, is the right end. Null without either. */
export function fuelBar({ lapsLeft, lapsToFlag }: FuelMessage): { tank: number; flag: number } | null {
  if (lapsLeft === null || lapsToFlag === null) return null;
  const most = Math.max(lapsLeft, lapsToFlag);
  if (!(most > 0)) return null;
  const stepOf = (laps: number) => Math.round((Math.max(0, laps) / most) * barSteps);
  return { tank: stepOf(lapsLeft), flag: stepOf(lapsToFlag) };
}
