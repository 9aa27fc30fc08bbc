/**
 * Where each widget sits, in layout pixels of a 1920 x 1080 screen. Other sizes scale the whole by the smaller side, and
 * each widget keeps to its own edge of the window, so that ultra-wide screens do not squeeze the middle.
 * The middle third of the screen (y 360 to 720) stays empty: the eye is on the road there.
 */
import { space } from './tokens.ts';

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
  status: { width: 420, height: 28, horizontal: 'centre', vertical: 'top', x: 0, y: 24 },
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

/** Screen pixels (CSS) for a layout pixel. */
export function layoutScale(windowWidth: number, windowHeight: number): number {
  return Math.min(windowWidth / design.width, windowHeight / design.height);
}

/** The widget's top left corner in CSS pixels, on whole device pixels so that hairlines stay sharp. */
export function cornerOf(
  place: Place,
  windowWidth: number,
  windowHeight: number,
  devicePixelRatio: number,
): { x: number; y: number } {
  const scale = layoutScale(windowWidth, windowHeight);
  const width = place.width * scale;
  const left = place.x * scale;
  const x = {
    left,
    centre: (windowWidth - width) / 2 + left,
    right: windowWidth - width - left,
  }[place.horizontal];
  const edge = place.y * scale;
  const y = place.vertical === 'top' ? edge : windowHeight - place.height * scale - edge;
  const whole = (value: number) => Math.round(value * devicePixelRatio) / devicePixelRatio;
  return { x: whole(x), y: whole(y) };
}
