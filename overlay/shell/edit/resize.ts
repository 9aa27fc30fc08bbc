/**
 * Resizing keeps a widget's shape: the corner that is pulled follows the pointer, the opposite one stays. The size ends at the limits of the
 * settings and at the display's edge, never beyond.
 */
import { overlayWidgets } from '@racing-coach/contract';
import { type Display, designScale } from '../windows/placement.ts';
import { clampInto, type Rect } from '../windows/rect.ts';
import type { Corner, EditedWidget } from './model.ts';
import { onGrid } from './snap.ts';

/** Of the settings' scale; the same for every widget. */
export const scaleLimits = { least: 0.5, most: 3 } as const;

/** A placement's own scale: what is left when the display's size and the user's scale of everything are taken out. */
export function ownScale(widget: EditedWidget, display: Display, userScale: number): number {
  const own = widget.scale / (designScale(display.bounds) * userScale);
  return Math.min(scaleLimits.most, Math.max(scaleLimits.least, own));
}

export function resizedTo(
  widget: EditedWidget,
  display: Display,
  corner: Corner,
  pointer: { x: number; y: number },
  userScale: number,
): EditedWidget {
  const { box } = widget;
  const left = corner.endsWith('left');
  const top = corner.startsWith('top');
  const fixed = { x: left ? box.x + box.width : box.x, y: top ? box.y + box.height : box.y };
  const wanted = onGrid(Math.abs(pointer.x - fixed.x)) / designed(widget).width;
  const room = {
    width: left ? fixed.x : display.bounds.width - fixed.x,
    height: top ? fixed.y : display.bounds.height - fixed.y,
  };
  const scale = allowedScale(widget, display, wanted, room, userScale);
  const size = sizeAt(widget, scale);
  const x = left ? fixed.x - size.width : fixed.x;
  const y = top ? fixed.y - size.height : fixed.y;
  return { ...widget, scale, box: inside({ x, y, ...size }, display) };
}

/** Grown or shrunk about its middle. */
export function grownBy(
  widget: EditedWidget,
  display: Display,
  factor: number,
  userScale: number,
): EditedWidget {
  const scale = allowedScale(widget, display, widget.scale * factor, display.bounds, userScale);
  const size = sizeAt(widget, scale);
  const x = widget.box.x + (widget.box.width - size.width) / 2;
  const y = widget.box.y + (widget.box.height - size.height) / 2;
  return { ...widget, scale, box: inside({ x, y, ...size }, display) };
}

/** The same widget at the same share of another display, at that display's scale. */
export function carriedTo(widget: EditedWidget, from: Display, to: Display): EditedWidget {
  const ratio = designScale(to.bounds) / designScale(from.bounds);
  const fits = largestIn(widget, to.bounds);
  const scale = Math.min(widget.scale * ratio, fits);
  const size = sizeAt(widget, scale);
  const share = (at: number, room: number) => (room > 0 ? at / room : 0);
  const x = share(widget.box.x, from.bounds.width - widget.box.width) * (to.bounds.width - size.width);
  const y = share(widget.box.y, from.bounds.height - widget.box.height) * (to.bounds.height - size.height);
  return { ...widget, displayId: to.id, scale, box: inside({ x, y, ...size }, to) };
}

export function inside(box: Rect, display: Display): Rect {
  return clampInto(box, { x: 0, y: 0, width: display.bounds.width, height: display.bounds.height });
}

function allowedScale(
  widget: EditedWidget,
  display: Display,
  wanted: number,
  room: { width: number; height: number },
  userScale: number,
): number {
  const unit = designScale(display.bounds) * userScale;
  const most = Math.min(scaleLimits.most * unit, largestIn(widget, room));
  return Math.min(most, Math.max(scaleLimits.least * unit, wanted));
}

function largestIn(widget: EditedWidget, room: { width: number; height: number }): number {
  const { width, height } = designed(widget);
  return Math.min(room.width / width, room.height / height);
}

function sizeAt(widget: EditedWidget, scale: number): { width: number; height: number } {
  const { width, height } = designed(widget);
  return { width: width * scale, height: height * scale };
}

function designed({ name }: EditedWidget): { width: number; height: number } {
  return overlayWidgets.find((widget) => widget.name === name) ?? overlayWidgets[0];
}
