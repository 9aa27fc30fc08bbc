/**
 * Where each widget sits, in layout pixels of a 1920 x 1080 screen. Other sizes scale the whole by the smaller side, and
 * each widget keeps to its own edge of the window, so that ultra-wide screens do not squeeze the middle.
 * The middle third of the screen (y 360 to 720) stays empty: the eye is on the road there.
 */
import type { HudRegion } from '@racing-coach/contract';
import { space } from './tokens.ts';

/** The window, in CSS pixels. */
export interface StageSize {
  width: number;
  height: number;
  devicePixelRatio: number;
  /** Set where the shell says which part of a display the window is and where its widgets sit; otherwise the window is the stage. */
  region?: HudRegion;
}

export interface Place {
  width: number;
  height: number;
  /** Which part of the window the widget holds on to. */
  horizontal: 'left' | 'centre' | 'right';
  vertical: 'top' | 'bottom';
  /** Distance of the widget's nearest edge (or centre) from that edge (or centre) of the window. */
  x: number;
  y: number;
}

const design = { width: 1920, height: 1080 };
const brakeMarkerCentre = 0.74;
const marker = { width: 640, height: 56 };
const markerBottom = design.height * (1 - brakeMarkerCentre) - marker.height / 2;

export const places = {
  brakeMarker: { ...marker, horizontal: 'centre', vertical: 'bottom', x: 0, y: Math.round(markerBottom) },
  verdict: {
    width: 420,
    height: 48,
    horizontal: 'centre',
    vertical: 'bottom',
    x: 0,
    y: Math.round(markerBottom) - 2 * space.unit - 48,
  },
  deltaBar: { width: 420, height: 28, horizontal: 'centre', vertical: 'top', x: 0, y: 24 },
  /** Folded it docks to the left of the delta bar; unfolded it takes the bar's row, which is empty in silence. */
  status: {
    width: 420 + 2 * (28 + space.unit),
    height: 28,
    horizontal: 'centre',
    vertical: 'top',
    x: 0,
    y: 24,
  },
  cornerCard: {
    width: 280,
    height: 132,
    horizontal: 'left',
    vertical: 'bottom',
    x: space.margin,
    y: space.margin,
  },
  pedalTrace: {
    width: 360,
    height: 120,
    horizontal: 'right',
    vertical: 'bottom',
    x: space.margin,
    y: space.margin,
  },
} as const satisfies Record<string, Place>;

export type WidgetName = keyof typeof places;

/** Widgets that share a canvas, because they touch. */
export const panels: readonly (readonly WidgetName[])[] = [
  ['deltaBar', 'status'],
  ['brakeMarker', 'verdict'],
  ['cornerCard'],
  ['pedalTrace'],
];

/** CSS pixels for a layout pixel. */
export function layoutScale({ width, height }: StageSize): number {
  return Math.min(width / design.width, height / design.height);
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
