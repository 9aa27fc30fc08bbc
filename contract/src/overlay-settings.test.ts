import { expect, test } from 'vitest';
import { calmWidgetNames, defaultShares, overlayDesign, overlayWidgets } from './overlay-layout.ts';
import { overlaySettings } from './overlay-settings.ts';
import { defaultSettings, settings, settingsVersion } from './settings.ts';

test('a file from before there was an overlay reads, with the defaults', () => {
  const old = settings.parse({ version: settingsVersion, hub: { openBrowser: false } });
  expect(old.overlay).toEqual({ ...defaultSettings.overlay, widgets: [...calmWidgetNames] });
  expect(old.overlay).toMatchObject({
    mode: 'normal',
    autoHide: true,
    hideFromCapture: false,
    placements: {},
  });
});

test.each(['E', 'Control+', 'Control+e', 'Control+Alt', 'Alt+F25', 'Ctrl+E', 'Control+Alt+E+F'])(
  '%o is no shortcut',
  (editShortcut) => {
    expect(overlaySettings.safeParse({ editShortcut }).success).toBe(false);
  },
);

test.each(['Control+E', 'Control+Alt+F24', 'Super+Shift+0', 'Alt+PageDown'])(
  '%o is a shortcut',
  (editShortcut) => {
    expect(overlaySettings.parse({ editShortcut }).editShortcut).toBe(editShortcut);
  },
);

test('a placement outside of its display is refused', () => {
  const at = (x: number) => overlaySettings.safeParse({ placements: { status: { display: null, x, y: 0 } } });
  expect(at(1).success).toBe(true);
  expect(at(1.01).success).toBe(false);
  expect(at(-0.1).success).toBe(false);
});

test('the default places are shares inside the display, and give back the design', () => {
  for (const widget of overlayWidgets) {
    const { x, y } = defaultShares(widget);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(1);
    expect(x * (overlayDesign.width - widget.width)).toBeCloseTo(widget.left, 9);
    expect(y * (overlayDesign.height - widget.height)).toBeCloseTo(widget.top, 9);
  }
});
