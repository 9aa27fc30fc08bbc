/**
 * Which widgets there are and where they sit before the driver moved them. A place is the share of the free room to the widget's left and above
 * it (0: at the edge, 1: at the other edge, 0.5: centred), so that it lies inside any display by construction. The shell plans its windows
 * from this, the HUD draws what it is told; a test holds the table against the HUD's own layout.
 */

/** The display that the sizes are drawn for. */
export const overlayDesign = { width: 1920, height: 1080 } as const;

/**
 * Size and top left corner in layout pixels of the design; `calm`: shown until the driver chooses. In drawing order. No default place overlaps
 * another, but for the status, which folds away beside the delta bar.
 */
export const overlayWidgets = [
  { name: 'trackMap', width: 280, height: 240, left: 1608, top: 24, calm: false },
  { name: 'lapList', width: 320, height: 188, left: 32, top: 24, calm: false },
  { name: 'consistency', width: 320, height: 64, left: 32, top: 220, calm: false },
  { name: 'relative', width: 380, height: 212, left: 1212, top: 24, calm: false },
  { name: 'fuel', width: 280, height: 96, left: 32, top: 804, calm: false },
  { name: 'tyres', width: 280, height: 188, left: 328, top: 860, calm: false },
  { name: 'gForce', width: 160, height: 160, left: 1728, top: 752, calm: false },
  { name: 'speedGear', width: 216, height: 120, left: 1296, top: 928, calm: false },
  { name: 'pedalTrace', width: 360, height: 120, left: 1528, top: 928, calm: true },
  { name: 'cornerCard', width: 280, height: 132, left: 32, top: 916, calm: true },
  { name: 'cornerStrip', width: 484, height: 44, left: 718, top: 120, calm: false },
  { name: 'predictedLap', width: 320, height: 48, left: 800, top: 64, calm: false },
  { name: 'deltaBar', width: 420, height: 28, left: 750, top: 24, calm: true },
  { name: 'status', width: 484, height: 28, left: 718, top: 24, calm: true },
  { name: 'coachLine', width: 640, height: 44, left: 640, top: 895, calm: false },
  { name: 'verdict', width: 420, height: 48, left: 750, top: 835, calm: true },
  { name: 'radar', width: 640, height: 36, left: 640, top: 722, calm: false },
  { name: 'brakeMarker', width: 640, height: 56, left: 640, top: 771, calm: true },
] as const;

export type OverlayWidget = (typeof overlayWidgets)[number];
export type OverlayWidgetName = OverlayWidget['name'];

export const overlayWidgetNames = overlayWidgets.map(({ name }) => name) as [
  OverlayWidgetName,
  ...OverlayWidgetName[],
];

/** What is shown until the driver chooses. */
export const calmWidgetNames: readonly OverlayWidgetName[] = overlayWidgets
  .filter(({ calm }) => calm)
  .map(({ name }) => name);

/** Where a widget sits until it is moved, as shares of the free room. */
export function defaultShares(widget: OverlayWidget): { x: number; y: number } {
  return {
    x: widget.left / (overlayDesign.width - widget.width),
    y: widget.top / (overlayDesign.height - widget.height),
  };
}
