/**
 * Where the pointer is, for the shell: on which display, from its corner. A drag that leaves this page's display goes on being told to this page,
 * in coordinates beyond its edge.
 */
import type { EditModel } from '../shell/edit/model.ts';

export interface PointerPlace {
  displayId: string;
  x: number;
  y: number;
}

/** In the gap between displays it stays on the page's own. */
export function pointerPlace(
  displays: EditModel['displays'],
  ownId: string,
  x: number,
  y: number,
): PointerPlace {
  const own = displays.find(({ id }) => id === ownId);
  if (own === undefined) return { displayId: ownId, x, y };
  const desktop = { x: own.bounds.x + x, y: own.bounds.y + y };
  const under = displays.find(
    ({ bounds }) =>
      desktop.x >= bounds.x &&
      desktop.y >= bounds.y &&
      desktop.x < bounds.x + bounds.width &&
      desktop.y < bounds.y + bounds.height,
  );
  const { id, bounds } = under ?? own;
  return { displayId: id, x: desktop.x - bounds.x, y: desktop.y - bounds.y };
}
