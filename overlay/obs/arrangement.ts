/**
 * Puts a layout's widgets into a browser source of any size. Two ways: as on a screen, where each widget has its place and the middle stays empty; and
 * as a stack of rows that fill the width, for a source that is a small box or a column. Whichever shows them larger is taken, the screen where both would do.
 */
import { type OverlayWidgetName, overlayDesign, overlayWidgets } from '@racing-coach/contract';

export interface Size {
  width: number;
  height: number;
}

/** CSS pixels of the source; `scale`: for a layout pixel. */
export interface ObsPlace {
  name: OverlayWidgetName;
  x: number;
  y: number;
  scale: number;
}

export interface ObsTable {
  /** With their places on a full screen; empty where the layout is none for a screen. */
  screen: readonly ScreenPlace[];
  /** Rows from top to bottom, each with the widgets that stand side by side. `status` brings the delta bar, which it folds away beside. */
  stacks: readonly Stack[];
  /** A layout with few widgets is not blown up beyond this. */
  mostScale: number;
}

export interface Stack {
  /** Layout pixels, which every row fills as far as its widgets may be stretched. */
  width: number;
  rows: readonly (readonly OverlayWidgetName[])[];
}

export interface ScreenPlace {
  name: OverlayWidgetName;
  /** Left and top in layout pixels of the design. */
  left: number;
  top: number;
  /** On top of the screen's own scale. */
  zoom?: number;
}

/** Below this a widget's small print is not read on a stream: then a stack is better. */
const smallestOnScreen = 0.6;
const gap = 8;
const margin = 12;
/** How far a widget is stretched to its row's width. */
const zooms = { least: 0.55, most: 1.75 };

/** The delta bar inside the status' box, as on the driver's screen; as much room is left on its other side, which a row does not need. */
const besideStatus = 32;

const sizes = new Map<OverlayWidgetName, Size>(
  overlayWidgets.map(({ name, width, height }) => [name, { width, height }]),
);
const sizeOf = (name: OverlayWidgetName): Size => sizes.get(name) ?? { width: 0, height: 0 };
const sizeInRow = (name: OverlayWidgetName): Size => {
  const { width, height } = sizeOf(name);
  return { width: name === 'status' ? width - besideStatus : width, height };
};

/** @param has which widgets there are; the rest leaves no hole in a stack */
export function arrange(
  table: ObsTable,
  source: Size,
  has: (name: OverlayWidgetName) => boolean,
): ObsPlace[] {
  const screenScale = Math.min(source.width / overlayDesign.width, source.height / overlayDesign.height);
  if (table.screen.length > 0 && screenScale >= smallestOnScreen)
    return onScreen(table.screen, source, screenScale, has);
  const stacks = table.stacks.map((one) => stack(one, table.mostScale, source, has));
  return stacks.reduce((best, next) => (areaOf(next) > areaOf(best) ? next : best), []);
}

function onScreen(
  places: readonly ScreenPlace[],
  source: Size,
  scale: number,
  has: (name: OverlayWidgetName) => boolean,
): ObsPlace[] {
  return places
    .filter(({ name }) => has(name))
    .map(({ name, left, top, zoom = 1 }) => {
      const { width, height } = sizeOf(name);
      // Each keeps its share of the room beside it: a wider screen moves widgets apart, as on the driver's own.
      const share = (at: number, size: number, room: number) => at / (room - size * zoom);
      return {
        name,
        x: share(left, width, overlayDesign.width) * (source.width - width * zoom * scale),
        y: share(top, height, overlayDesign.height) * (source.height - height * zoom * scale),
        scale: scale * zoom,
      };
    });
}

interface Row {
  names: readonly OverlayWidgetName[];
  zoom: number;
  width: number;
  height: number;
}

function rowOf(names: readonly OverlayWidgetName[], width: number): Row {
  const own = names.map(sizeInRow);
  const sum = own.reduce((total, size) => total + size.width, 0);
  const gaps = gap * (names.length - 1);
  const zoom = Math.min(zooms.most, Math.max(zooms.least, (width - gaps) / sum));
  const tallest = Math.max(...own.map(({ height }) => height));
  return { names, zoom, width: sum * zoom + gaps, height: tallest * zoom };
}

function stack(
  { rows, width: wanted }: Stack,
  mostScale: number,
  source: Size,
  has: (name: OverlayWidgetName) => boolean,
): ObsPlace[] {
  const made = rows
    .map((names) => names.filter(has))
    .filter((names) => names.length > 0)
    .map((names) => rowOf(names, wanted));
  const height = made.reduce((sum, row) => sum + row.height, 0) + gap * (made.length - 1);
  const width = Math.max(...made.map((row) => row.width));
  const fits = Math.min(source.width / (width + 2 * margin), source.height / (height + 2 * margin));
  const scale = Math.min(mostScale, fits);
  let top = (source.height - height * scale) / 2;
  return made.flatMap((row) => {
    const places = placeRow(row, top, scale, source);
    top += (row.height + gap) * scale;
    return places;
  });
}

function placeRow({ names, zoom, width, height }: Row, top: number, scale: number, source: Size): ObsPlace[] {
  let left = (source.width - width * scale) / 2;
  return names.flatMap((name) => {
    const size = sizeInRow(name);
    const y = top + ((height - size.height * zoom) / 2) * scale;
    const place = { name, x: left, y, scale: zoom * scale };
    left += (size.width * zoom + gap) * scale;
    if (name !== 'status') return [place];
    const bar = { ...place, name: 'deltaBar' as const, x: place.x + besideStatus * place.scale };
    return [place, bar];
  });
}

const areaOf = (places: readonly ObsPlace[]) =>
  places.reduce((sum, { name, scale }) => {
    const { width, height } = sizeOf(name);
    return sum + width * height * scale * scale;
  }, 0);
