/**
 * From places to boxes in the window, and which widgets share a canvas. Other sizes than the design's scale the whole by the smaller side.
 */
import { type HudRegion, overlayDesign } from '@racing-coach/contract';
import { type Place, places, type WidgetName } from './places.ts';

/** The window, in CSS pixels. */
export interface StageSize {
  width: number;
  height: number;
  devicePixelRatio: number;
  /** Set where the shell says which part of a display the window is and where its widgets sit; otherwise the window is the stage. */
  region?: HudRegion;
}

/** CSS pixels for a layout pixel. */
export function layoutScale({ width, height }: StageSize): number {
  return Math.min(width / overlayDesign.width, height / overlayDesign.height);
}

/** CSS pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The widget's box; its corner on whole device pixels, so that hairlines stay sharp. */
export function boxOf(place: Place, size: StageSize): Box {
  const scale = layoutScale(size);
  const width = place.width * scale;
  const height = place.height * scale;
  const fromLeft = {
    left: place.x * scale,
    centre: (size.width - width) / 2 + place.x * scale,
    right: size.width - width - place.x * scale,
  };
  const fromTop = { top: place.y * scale, bottom: size.height - height - place.y * scale };
  const whole = (value: number) => Math.round(value * size.devicePixelRatio) / size.devicePixelRatio;
  return { x: whole(fromLeft[place.horizontal]), y: whole(fromTop[place.vertical]), width, height };
}

/** Where a widget is drawn in the window, and how large: as the shell placed it, else as the layout has it. */
export function placed(name: WidgetName, size: StageSize): { box: Box; scale: number } {
  const at = size.region?.layout.find((widget) => widget.name === name);
  if (at === undefined || size.region === undefined)
    return { box: boxOf(places[name], size), scale: layoutScale(size) };
  const whole = (value: number) => Math.round(value * size.devicePixelRatio) / size.devicePixelRatio;
  const { width, height } = places[name];
  const [x, y] = [whole(at.x - size.region.region.x), whole(at.y - size.region.region.y)];
  return { box: { x, y, width: width * at.scale, height: height * at.scale }, scale: at.scale };
}

/** The largest scale of the window's widgets: what textures are drawn for. */
export function largestScale(size: StageSize): number {
  return Math.max(...(size.region?.layout.map(({ scale }) => scale) ?? [layoutScale(size)]));
}

/** The smallest box around all of them, in whole CSS pixels of size: a canvas has no others. */
export function unionOf(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: Math.ceil(right - x), height: Math.ceil(bottom - y) };
}

/** Widgets as near as this (in layout pixels) touch: they share a canvas. */
const touching = 8;
/** Chromium takes the oldest context away from a page that has more than 16. */
export const mostPanels = 14;

/**
 * Which widgets share a canvas: those that touch, each other one has its own. Where that makes too many, the two whose common canvas grows least are
 * joined.
 */
export function panelsOf(names: readonly WidgetName[], size: StageSize): WidgetName[][] {
  const groups = names.map((name) => [name]);
  const joined = (pair: readonly [number, number]) =>
    groups[pair[0]]?.push(...groups.splice(pair[1], 1).flat());
  for (;;) {
    const pairs = pairsOf(groups.map((group) => unionOf(group.map((name) => placed(name, size).box))));
    const near = pairs.find(({ gap }) => gap <= touching * layoutScale(size) + 0.5);
    if (near) joined(near.indices);
    else if (groups.length <= mostPanels) return groups;
    else {
      const [cheapest] = pairs.sort((a, b) => a.growth - b.growth);
      if (cheapest) joined(cheapest.indices);
    }
  }
}

interface Pair {
  indices: readonly [number, number];
  /** Between the two boxes, the larger of both directions; 0 when they overlap. */
  gap: number;
  /** Of the canvas' area when they are joined. */
  growth: number;
}

function pairsOf(boxes: readonly Box[]): Pair[] {
  const area = ({ width, height }: Box) => width * height;
  return boxes.flatMap((a, index) =>
    boxes.slice(index + 1).map((b, offset): Pair => {
      const apartX = Math.max(a.x - b.x - b.width, b.x - a.x - a.width, 0);
      const apartY = Math.max(a.y - b.y - b.height, b.y - a.y - a.height, 0);
      return {
        indices: [index, index + 1 + offset],
        gap: Math.max(apartX, apartY),
        growth: area(unionOf([a, b])) - area(a) - area(b),
      };
    }),
  );
}
