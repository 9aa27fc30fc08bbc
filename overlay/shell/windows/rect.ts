/** Rectangles in DIP, the pixels of Electron's windows and displays. Edges are half open: two that only touch do not overlap. */

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function union(rects: readonly Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** To whole pixels, never smaller: a window of a fraction of a pixel does not exist. */
export function outward({ x, y, width, height }: Rect): Rect {
  const left = Math.floor(x);
  const top = Math.floor(y);
  return { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The common part; null when there is none. */
export function intersection(a: Rect, b: Rect): Rect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Moved, not cut, until it lies inside; one that is larger is cut. */
export function clampInto(rect: Rect, outer: Rect): Rect {
  const width = Math.min(rect.width, outer.width);
  const height = Math.min(rect.height, outer.height);
  const within = (value: number, from: number, room: number) => Math.min(Math.max(value, from), from + room);
  return {
    x: within(rect.x, outer.x, outer.width - width),
    y: within(rect.y, outer.y, outer.height - height),
    width,
    height,
  };
}

type Size = Pick<Rect, 'width' | 'height'>;

export const sameSize = (a: Size, b: Size) => a.width === b.width && a.height === b.height;

export const sameRect = (a: Rect, b: Rect) => a.x === b.x && a.y === b.y && sameSize(a, b);
