import { type OverlaySettings, overlaySettings, overlayWidgetNames } from '@racing-coach/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Display, placementAt, placeWidgets } from './placement.ts';
import { contains } from './rect.ts';
import { devicePixels, mostWindowPixels, type PlannedWindow, planWindows } from './window-plan.ts';

const overlay = overlaySettings.parse({});
const display = (id: string, x: number, width = 1920, height = 1080, scaleFactor = 1): Display => ({
  id,
  bounds: { x, y: 0, width, height },
  scaleFactor,
  primary: x === 0,
});
const plan = (settings: OverlaySettings, displays: readonly Display[]) =>
  planWindows(placeWidgets(settings, displays));

describe('the default layout', () => {
  test('is three small windows on a full HD display', () => {
    const windows = plan(overlay, [display('1', 0)]);
    expect(windows.map(({ key, bounds }) => ({ key, bounds }))).toEqual([
      { key: '1:brakeMarker+verdict', bounds: { x: 640, y: 771, width: 640, height: 112 } },
      { key: '1:cornerCard+pedalTrace', bounds: { x: 32, y: 916, width: 1856, height: 132 } },
      { key: '1:deltaBar+status', bounds: { x: 718, y: 24, width: 484, height: 28 } },
    ]);
  });

  test('lies where the second display lies when the widgets were put there', () => {
    const placements = { deltaBar: { display: '2', x: 0.5, y: 0, scale: 1 } };
    const moved = plan({ ...overlay, widgets: ['deltaBar'], placements }, [
      display('1', 0),
      display('2', -2560, 2560, 1440, 1.5),
    ]);
    expect(moved).toHaveLength(1);
    // Design scale 4/3: 560 x 37.3 DIP, to whole pixels.
    expect(moved[0]?.bounds).toEqual({ x: -1560, y: 0, width: 560, height: 38 });
  });

  test('no widgets or no displays: no windows', () => {
    expect(plan({ ...overlay, widgets: [] }, [display('1', 0)])).toEqual([]);
    expect(plan(overlay, [])).toEqual([]);
  });
});

test('a placement taken from a box gives the same box again', () => {
  const there = display('2', 1920, 2560, 1440);
  const [placed] = placeWidgets({ ...overlay, widgets: ['cornerCard'] }, [there]);
  const moved = { ...(placed?.box ?? { x: 0, y: 0, width: 0, height: 0 }), x: 333, y: 44 };
  const placements = { cornerCard: placementAt(moved, there, 1) };
  const [back] = placeWidgets({ ...overlay, widgets: ['cornerCard'], placements }, [there]);
  expect(back?.box.x).toBeCloseTo(333, 9);
  expect(back?.box.y).toBeCloseTo(44, 9);
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const ids = ['a', 'b', 'c'];
const placement = fc.record({
  display: fc.constantFrom(null, ...ids, 'gone'),
  x: share,
  y: share,
  scale: fc.double({ min: 0.5, max: 3, noNaN: true }),
});
const anyOverlay = fc.record({
  widgets: fc.subarray(overlayWidgetNames as string[], { minLength: 1 }),
  placements: fc.dictionary(fc.constantFrom(...overlayWidgetNames), placement),
  scale: fc.double({ min: 0.5, max: 3, noNaN: true }),
});
const settingsOf = (drawn: object) => ({ ...overlay, ...drawn }) as OverlaySettings;
const size = fc.record({
  // Odd sizes are what 125 and 175 per cent make of common displays.
  width: fc.integer({ min: 640, max: 5120 }),
  height: fc.integer({ min: 480, max: 2160 }),
  scaleFactor: fc.constantFrom(1, 1.25, 1.5, 1.75, 2, 3),
});
const anyDisplays = fc.array(size, { minLength: 1, maxLength: 3 }).map((sizes) => {
  let x = 0;
  return sizes.map(({ width, height, scaleFactor }, index): Display => {
    const made = {
      id: ids[index] ?? '',
      bounds: { x, y: index * 7 - 7, width, height },
      scaleFactor,
      primary: index === 0,
    };
    x += width;
    return made;
  });
});

describe('whatever the layout and the displays (seed 4)', () => {
  const always = (check: (settings: OverlaySettings, displays: Display[]) => void) =>
    fc.assert(
      fc.property(anyOverlay, anyDisplays, (drawn, displays) => check(settingsOf(drawn), displays)),
      { seed: 4, numRuns: 500 },
    );

  test('every widget is in exactly one window, which covers it', () => {
    always((settings, displays) => {
      const windows = plan(settings, displays);
      const names = windows.flatMap(({ widgets }) => widgets.map(({ name }) => name));
      expect(names.sort()).toEqual([...settings.widgets].sort());
      for (const { bounds, display: on, widgets } of windows)
        for (const { box } of widgets) {
          const onDesktop = { ...box, x: box.x + on.bounds.x, y: box.y + on.bounds.y };
          // A hundredth of a pixel of rounding is not seen.
          const outer = {
            x: bounds.x - 0.01,
            y: bounds.y - 0.01,
            width: bounds.width + 0.02,
            height: bounds.height + 0.02,
          };
          expect(contains(outer, onDesktop)).toBe(true);
        }
    });
  });

  test('no window reaches out of its display, and all are of whole pixels', () => {
    always((settings, displays) => {
      for (const { bounds, display: on } of plan(settings, displays)) {
        expect(contains(on.bounds, bounds)).toBe(true);
        expect(Object.values(bounds).every(Number.isInteger)).toBe(true);
        expect(bounds.width * bounds.height).toBeGreaterThan(0);
      }
    });
  });

  test('no window is over the limit unless a single widget is', () => {
    always((settings, displays) => {
      for (const { widgets } of plan(settings, displays))
        expect(widgets.length === 1 || devicePixels(widgets) <= mostWindowPixels).toBe(true);
    });
  });

  test('no two windows of a display could have been one', () => {
    always((settings, displays) => {
      const windows = plan(settings, displays);
      for (const [index, a] of windows.entries())
        for (const b of windows.slice(index + 1))
          if (a.display.id === b.display.id)
            expect(devicePixels([...a.widgets, ...b.widgets])).toBeGreaterThan(mostWindowPixels);
    });
  });

  test('the order of the displays does not matter', () => {
    always((settings, displays) => {
      expect(plan(settings, [...displays].reverse())).toEqual(plan(settings, displays));
    });
  });

  test('a display that leaves gives its widgets to the primary one and changes nothing on the others', () => {
    always((settings, displays) => {
      if (displays.length < 2) return;
      const left = displays.slice(0, -1);
      const others = ({ display: on }: PlannedWindow) => !on.primary && on.id !== displays.at(-1)?.id;
      const before = plan(settings, displays);
      const after = plan(settings, left);
      expect(after.filter(others)).toEqual(before.filter(others));
      expect(after.flatMap(({ widgets }) => widgets)).toHaveLength(settings.widgets.length);
      expect(plan(settings, [...left, ...displays.slice(-1)])).toEqual(before);
    });
  });
});
