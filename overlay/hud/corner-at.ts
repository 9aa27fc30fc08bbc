import type { HubCorner, HubReference } from '@racing-coach/contract';

/** The corner at a snapshot's index; null for -1, and while the reference has not arrived yet. */
export const cornerAt = (reference: HubReference | null, index: number): HubCorner | null =>
  reference?.corners[index] ?? null;
