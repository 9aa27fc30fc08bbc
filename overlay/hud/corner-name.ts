import type { HubCorner, HubReference } from '@racing-coach/contract';

/** A corner's name as people say it; its id in capitals where nobody has named it. */
export const cornerName = (corner: HubCorner): string => corner.name ?? corner.id.toUpperCase();

/** The corner at a snapshot's index; null for -1, and while the reference has not arrived yet. */
export const cornerAt = (reference: HubReference | null, index: number): HubCorner | null =>
  reference?.corners[index] ?? null;
