/**
 * Edit mode as values: where the widgets are, which one is held, what was done before. The reducer in `reducer.ts` is its only writer. Boxes are in
 * DIP from their display's corner. A widget has its designed shape: resizing changes its scale.
 */
import type { OverlayWidgetName } from '@racing-coach/contract';
import type { Display } from '../windows/placement.ts';
import type { Rect } from '../windows/rect.ts';

export interface EditedWidget {
  name: OverlayWidgetName;
  displayId: string;
  box: Rect;
  /** DIP for a layout pixel. */
  scale: number;
}

export type Arrangement = readonly EditedWidget[];

/** A corner that is being pulled; the opposite one stays. */
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export type Held =
  | { kind: 'move'; name: OverlayWidgetName; grabX: number; grabY: number; before: Arrangement }
  | { kind: 'resize'; name: OverlayWidgetName; corner: Corner; before: Arrangement };

export interface EditModel {
  displays: readonly Display[];
  widgets: Arrangement;
  selected: OverlayWidgetName | null;
  held: Held | null;
  /** Lines that the held widget has snapped to, for the page to draw. */
  guides: readonly Guide[];
  undo: readonly Arrangement[];
  redo: readonly Arrangement[];
}

export interface Guide {
  displayId: string;
  axis: 'x' | 'y';
  at: number;
}

/** Steps that can be taken back; older ones are forgotten. */
export const mostUndo = 100;
export const gridStep = 4;
/** Keys move by a grid step; with Shift by this many. */
export const bigStep = 10;
/** Nearer than this a widget snaps to an edge. */
export const snapWithin = 8;

export function widgetNamed(widgets: Arrangement, name: OverlayWidgetName): EditedWidget | undefined {
  return widgets.find((widget) => widget.name === name);
}
