/**
 * Where each widget sits, in layout pixels of a 1920 x 1080 screen. Each keeps to its own edge of the window, so that ultra-wide screens do not squeeze the
 * middle. The middle third of the screen (y 360 to 720) stays empty: the eye is on the road there.
 */
import { overlayDesign } from '@racing-coach/contract';
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

const brakeMarkerCentre = 0.74;
const marker = { width: 640, height: 56 };
const markerBottom = Math.round(overlayDesign.height * (1 - brakeMarkerCentre) - marker.height / 2);
const verdictBottom = markerBottom - 2 * space.unit - 48;
/** The top row begins here. */
const topY = 24;
/** Widgets beside each other. */
const gap = 4 * space.unit;
/** Beside the column of 280 at either edge. */
const secondX = space.margin + 280 + gap;

export const places = {
  brakeMarker: { ...marker, horizontal: 'centre', vertical: 'bottom', x: 0, y: markerBottom },
  verdict: { width: 420, height: 48, horizontal: 'centre', vertical: 'bottom', x: 0, y: verdictBottom },
  coachLine: {
    width: marker.width,
    height: 44,
    horizontal: 'centre',
    vertical: 'bottom',
    x: 0,
    y: verdictBottom - space.pad - 44,
  },
  /** Over the marker, where its two ends are seen from the corner of the eye. */
  radar: {
    width: marker.width,
    height: 36,
    horizontal: 'centre',
    vertical: 'bottom',
    x: 0,
    y: markerBottom + marker.height + 13,
  },
  deltaBar: { width: 420, height: 28, horizontal: 'centre', vertical: 'top', x: 0, y: topY },
  /** Folded it docks to the left of the delta bar; unfolded it takes the bar's row, which is empty in silence. */
  status: {
    width: 420 + 2 * (28 + space.unit),
    height: 28,
    horizontal: 'centre',
    vertical: 'top',
    x: 0,
    y: topY,
  },
  predictedLap: { width: 320, height: 48, horizontal: 'centre', vertical: 'top', x: 0, y: 64 },
  cornerStrip: { width: 484, height: 44, horizontal: 'centre', vertical: 'top', x: 0, y: 120 },
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
  speedGear: {
    width: 216,
    height: 120,
    horizontal: 'right',
    vertical: 'bottom',
    x: space.margin + 360 + gap,
    y: space.margin,
  },
  gForce: {
    width: 160,
    height: 160,
    horizontal: 'right',
    vertical: 'bottom',
    x: space.margin,
    y: space.margin + 120 + gap,
  },
  trackMap: { width: 280, height: 240, horizontal: 'right', vertical: 'top', x: space.margin, y: topY },
  relative: { width: 380, height: 212, horizontal: 'right', vertical: 'top', x: secondX, y: topY },
  lapList: { width: 320, height: 188, horizontal: 'left', vertical: 'top', x: space.margin, y: topY },
  consistency: {
    width: 320,
    height: 64,
    horizontal: 'left',
    vertical: 'top',
    x: space.margin,
    y: topY + 188 + 2 * space.unit,
  },
  fuel: {
    width: 280,
    height: 96,
    horizontal: 'left',
    vertical: 'bottom',
    x: space.margin,
    y: space.margin + 132 + gap,
  },
  tyres: { width: 280, height: 188, horizontal: 'left', vertical: 'bottom', x: secondX, y: space.margin },
} as const satisfies Record<string, Place>;

export type WidgetName = keyof typeof places;
