/**
 * Which widgets there are and where they sit before the driver moved them. A place is the share of the free room to the widget's left and above
 * it (0: at the edge, 1: at the other edge, 0.5: centred), so that it lies inside any display by construction. The shell plans its windows
 * from this, the HUD draws what it is told; a test holds the table against the HUD's own layout.
 */

/** The display that the sizes are drawn for. */
export const overlayDesign = { width: 1920, height: 1080 } as const;

/** Size and top left corner in layout pixels of the design. In drawing order. */
export const overlayWidgets = [
  { name: 'pedalTrace', width: 360, height: 120, left: 1528, top: 928 },
  { name: 'cornerCard', width: 280, height: 132, left: 32, top: 916 },
  { name: 'deltaBar', width: 420, height: 28, left: 750, top: 24 },
  { name: 'status', width: 484, height: 28, left: 718, top: 24 },
  { name: 'verdict', width: 420, height: 48, left: 750, top: 835 },
  { name: 'brakeMarker', width: 640, height: 56, left: 640, top: 771 },
] as const;

export type OverlayWidget = (typeof overlayWidgets)[number];
export type OverlayWidgetName = OverlayWidget['name'];

export const overlayWidgetNames = overlayWidgets.map(({ name }) => name) as [
  OverlayWidgetName,
  ...OverlayWidgetName[],
];

/** Where a widget sits until it is moved, as shares of the free room. */
export function defaultShares(widget: OverlayWidget): { x: number; y: number } {
  return {
    x: widget.left / (overlayDesign.width - widget.width),
    y: widget.top / (overlayDesign.height - widget.height),
  };
}
