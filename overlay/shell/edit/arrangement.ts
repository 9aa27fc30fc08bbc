/** Between the settings' placements and the boxes that edit mode moves about. */
import type { OverlaySettings, OverlayWidgetName } from '@racing-coach/contract';
import { type Display, type Placements, placementAt, placeWidgets } from '../windows/placement.ts';
import { sameRect } from '../windows/rect.ts';
import { type Arrangement, type EditedWidget, type EditModel, widgetNamed } from './model.ts';
import { ownScale } from './resize.ts';

export function arranged(overlay: OverlaySettings, displays: readonly Display[]): EditedWidget[] {
  return placeWidgets(overlay, displays).map(({ name, display, box, scale }) => ({
    name,
    displayId: display.id,
    box,
    scale,
  }));
}

/**
 * What the settings are to hold; widgets that were not touched keep what they have. One that only waits on the primary display for its own to
 * return would lose it otherwise.
 */
export function editedPlacements(model: EditModel, overlay: OverlaySettings): Placements {
  const before = arranged(overlay, model.displays);
  const placements: Placements = { ...overlay.placements };
  for (const widget of model.widgets) {
    const old = widgetNamed(before, widget.name);
    const display = model.displays.find(({ id }) => id === widget.displayId);
    if (display === undefined || (old && sameWidget(old, widget))) continue;
    placements[widget.name] = placementAt(widget.box, display, ownScale(widget, display, overlay.scale));
  }
  return placements;
}

const sameWidget = (a: EditedWidget, b: EditedWidget) =>
  a.displayId === b.displayId && a.scale === b.scale && sameRect(a.box, b.box);

export function sameArrangement(a: Arrangement, b: Arrangement): boolean {
  const of = (name: OverlayWidgetName) => widgetNamed(b, name);
  return a.length === b.length && a.every((widget) => sameWidget(widget, of(widget.name) ?? widget));
}
