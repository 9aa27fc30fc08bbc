/**
 * Where a dragged box comes to rest: at an edge or the middle of its display, at an edge of another widget of that display, or at the grid, in this
 * order; each axis for itself. Nothing snaps while the key for free movement is held.
 */
import type { Rect } from '../windows/rect.ts';
import { gridStep, snapWithin } from './model.ts';

export interface Snapped {
  x: number;
  y: number;
  /** The lines that it snapped to, if any, by axis. */
  guideX: number | null;
  guideY: number | null;
}

/** @param others the other boxes on the display @param room the display's size */
export function snapBox(
  box: Rect,
  others: readonly Rect[],
  room: { width: number; height: number },
): Snapped {
  const linesX = lines(
    room.width,
    others.map(({ x, width }) => [x, x + width]),
  );
  const linesY = lines(
    room.height,
    others.map(({ y, height }) => [y, y + height]),
  );
  const x = snapSpan(box.x, box.width, linesX, room.width / 2);
  const y = snapSpan(box.y, box.height, linesY, room.height / 2);
  return { x: x.at, y: y.at, guideX: x.guide, guideY: y.guide };
}

/** A display's edges first: of two equally near lines the first wins. */
function lines(size: number, spans: readonly (readonly [number, number])[]): number[] {
  return [0, size, ...spans.flat()];
}

function snapSpan(start: number, size: number, edges: readonly number[], middle: number) {
  let best = { at: onGrid(start), guide: null as number | null };
  let nearest = snapWithin;
  const offer = (at: number, guide: number) => {
    const away = Math.abs(at - start);
    if (away >= nearest) return;
    nearest = away;
    best = { at, guide };
  };
  for (const edge of edges) {
    offer(edge, edge);
    offer(edge - size, edge);
  }
  offer(middle - size / 2, middle);
  return best;
}

export const onGrid = (value: number) => Math.round(value / gridStep) * gridStep;
