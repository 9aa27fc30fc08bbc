/** Which corner matters now, and what the coach aims at in it: the corner being driven until its exit phase, else the next one. */
import type { HubCorner, HubReference } from '@racing-coach/contract';
import type { HudFrame } from './frame.ts';

/** `Snapshot.phase` of the exit: from there on the next corner matters. */
const exitPhase = 4;

/** The corner at a snapshot's index; null for -1, and while the reference has not arrived yet. */
const cornerAt = (reference: HubReference | null, index: number): HubCorner | null =>
  reference?.corners[index] ?? null;

/** The corner being driven; null on a straight and in a corner's exit. */
export const cornerInside = ({ reference, snapshot }: HudFrame): HubCorner | null =>
  snapshot.phase === exitPhase ? null : cornerAt(reference, snapshot.corner);

/** Null where none is known ahead. */
export const cornerAhead = (frame: HudFrame): HubCorner | null =>
  cornerInside(frame) ?? cornerAt(frame.reference, frame.snapshot.nextCorner);

/** The slowest speed to aim at there: the coach may aim at another than the reference's (grip, traffic). NaN where the rules withhold it. */
export function targetSpeedMps(frame: HudFrame, corner: HubCorner): number {
  const { targetSpeedMps: aimed } = frame.snapshot;
  return cornerInside(frame) === null && Number.isFinite(aimed) ? aimed : (corner.minSpeedMps ?? Number.NaN);
}

/** The gear there; null when unknown. */
export function targetGear(frame: HudFrame, corner: HubCorner): number | null {
  const gear = cornerInside(frame) === null ? frame.snapshot.targetGear || corner.minGear : corner.minGear;
  return gear !== null && gear > 0 ? gear : null;
}
