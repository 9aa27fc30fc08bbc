/**
 * Which windows the overlay needs: shrink-wrapped around its widgets, one for each display that has some, and more where one would be too
 * large. Windows over the whole screen cost the sim its full area at each composition; SimHub forbids more than 800 x 600 for that reason, and
 * a peer went from full displays to shrink-wrapped windows for it. The limit counts device pixels: those are what is composed.
 *
 * A pure function of placements and displays, whatever their order: a display that leaves and comes back gets the same windows back.
 */
import type { Display, PlacedWidget } from './placement.ts';
import { clampInto, outward, type Rect, union } from './rect.ts';

/** 800 x 600. */
export const mostWindowPixels = 480_000;

export interface PlannedWindow {
  /** Names the window over changes: its display and its widgets. */
  key: string;
  display: Display;
  /** Whole DIP on the desktop, inside the display. */
  bounds: Rect;
  widgets: PlacedWidget[];
}

export function planWindows(placed: readonly PlacedWidget[]): PlannedWindow[] {
  const ids = [...new Set(placed.map(({ display }) => display.id))].sort();
  return ids.flatMap((id) => groups(placed.filter(({ display }) => display.id === id)).map(plannedWindow));
}

/** Widgets that share a window. Two groups are joined as long as that stays within the limit, the tightest pair first. */
function groups(widgets: readonly PlacedWidget[]): PlacedWidget[][] {
  const list = [...widgets].sort(byName).map((widget) => [widget]);
  for (;;) {
    const pair = tightestPair(list);
    if (pair === null) return list;
    const [a, b] = pair;
    list.splice(list.indexOf(b), 1);
    list.splice(list.indexOf(a), 1, [...a, ...b].sort(byName));
  }
}

type Group = PlacedWidget[];

function tightestPair(list: readonly Group[]): [Group, Group] | null {
  let best: [Group, Group] | null = null;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [index, a] of list.entries()) {
    for (const b of list.slice(index + 1)) {
      const pixels = devicePixels([...a, ...b]);
      if (pixels > mostWindowPixels || pixels >= smallest) continue;
      best = [a, b];
      smallest = pixels;
    }
  }
  return best;
}

const byName = (a: PlacedWidget, b: PlacedWidget) => (a.name < b.name ? -1 : 1);

/** Area of the window that these widgets would share. */
export function devicePixels(group: readonly PlacedWidget[]): number {
  const { width, height } = stageBox(group);
  const factor = group[0]?.display.scaleFactor ?? 1;
  return width * height * factor * factor;
}

/** In whole DIP from the display's corner. A display's size may be broken at odd scales: never past its edge. */
function stageBox(group: readonly PlacedWidget[]): Rect {
  const box = outward(union(group.map((widget) => widget.box)));
  const display = group[0]?.display.bounds;
  return display === undefined
    ? box
    : clampInto(box, { x: 0, y: 0, width: display.width, height: display.height });
}

function plannedWindow(group: PlacedWidget[]): PlannedWindow {
  const [{ display }] = group as [PlacedWidget];
  const box = stageBox(group);
  const bounds = { ...box, x: box.x + display.bounds.x, y: box.y + display.bounds.y };
  return { key: `${display.id}:${group.map(({ name }) => name).join('+')}`, display, bounds, widgets: group };
}
