/**
 * From a widget's shares to its box on a display, and back. A share is of the room that the widget leaves free, so that a placement made on one
 * display lies inside every other. A display that is gone is replaced by the primary one for as long as it is gone; the placement keeps its id.
 */
import {
  defaultShares,
  type OverlayPlacement,
  type OverlaySettings,
  type OverlayWidget,
  type OverlayWidgetName,
  overlayDesign,
  overlayWidgets,
  type ShellDisplay,
} from '@racing-coach/contract';
import type { Rect } from './rect.ts';

export type Display = ShellDisplay;

/** A widget where it is to be drawn. */
export interface PlacedWidget {
  name: OverlayWidgetName;
  display: Display;
  /** In DIP from the display's top left corner; inside the display. */
  box: Rect;
  /** DIP for a layout pixel. */
  scale: number;
}

export type Placements = OverlaySettings['placements'];

/** The widgets that are switched on, each on a display that is there. None when there is no display. */
export function placeWidgets(overlay: OverlaySettings, displays: readonly Display[]): PlacedWidget[] {
  const shown = overlayWidgets.filter(({ name }) => overlay.widgets.includes(name));
  return shown.flatMap((widget) => {
    const placement = placementOf(widget, overlay.placements);
    const display = displayFor(placement, displays);
    return display === undefined ? [] : [place(widget, placement, display, overlay.scale)];
  });
}

export function placementOf(widget: OverlayWidget, placements: Placements): OverlayPlacement {
  return placements[widget.name] ?? { display: null, ...defaultShares(widget), scale: 1 };
}

function displayFor(placement: OverlayPlacement, displays: readonly Display[]): Display | undefined {
  return (
    displays.find(({ id }) => id === placement.display) ??
    displays.find(({ primary }) => primary) ??
    // For an instant after a change of displays none is primary: always the same one then, in whatever order they come.
    [...displays].sort((a, b) => (a.id < b.id ? -1 : 1))[0]
  );
}

/** DIP for a layout pixel where the user scaled nothing: the design fits into the display. */
export function designScale({ width, height }: Pick<Rect, 'width' | 'height'>): number {
  return Math.min(width / overlayDesign.width, height / overlayDesign.height);
}

function place(
  widget: OverlayWidget,
  placement: OverlayPlacement,
  display: Display,
  userScale: number,
): PlacedWidget {
  const { width, height } = display.bounds;
  // A widget that was scaled on a wide display must not stick out of a narrow one.
  const fits = Math.min(width / widget.width, height / widget.height);
  const scale = Math.min(designScale(display.bounds) * userScale * placement.scale, fits);
  const size = {
    width: Math.min(widget.width * scale, width),
    height: Math.min(widget.height * scale, height),
  };
  const box = { x: placement.x * (width - size.width), y: placement.y * (height - size.height), ...size };
  return { name: widget.name, display, box, scale };
}

/** The placement that puts a widget of this size at this place; the inverse of what {@link placeWidgets} does. */
export function placementAt(box: Rect, display: Display, scale: number): OverlayPlacement {
  const share = (at: number, room: number) => (room <= 0 ? 0 : Math.min(1, Math.max(0, at / room)));
  return {
    display: display.id,
    x: share(box.x, display.bounds.width - box.width),
    y: share(box.y, display.bounds.height - box.height),
    scale,
  };
}
