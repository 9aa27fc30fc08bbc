import type { HubCorner, HubReference } from '@racing-coach/contract';

/** A corner's name as people say it; `T6` is "Turn 6" where nobody has named it, any other id stands in capitals. */
export const cornerName = ({ name, id }: Pick<HubCorner, 'name' | 'id'>): string =>
  name ?? id.toUpperCase().replace(/^T(?=\d)/, 'Turn ');

/** The corner at a snapshot's index; null for -1, and while the reference has not arrived yet. */
export const cornerAt = (reference: HubReference | null, index: number): HubCorner | null =>
  reference?.corners[index] ?? null;
