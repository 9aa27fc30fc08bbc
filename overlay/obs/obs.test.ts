import {
  obsLayouts,
  type obsSource,
  obsSourceUrl,
  overlayWidgetNames,
  overlayWidgets,
} from '@racing-coach/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuel, map } from '../hud/scenes/synthetic-board.ts';
import { arrange, type ObsPlace, type Size } from './arrangement.ts';
import { obsTables } from './layouts.ts';
import { readObsAddress } from './obs-address.ts';
import { Told } from './told.ts';
import { Visibility } from './visibility.ts';

const sizeOf = ({ name, scale }: ObsPlace): Size => {
  const found = overlayWidgets.find((widget) => widget.name === name);
  return { width: (found?.width ?? 0) * scale, height: (found?.height ?? 0) * scale };
};
const boxOf = (place: ObsPlace) => {
  const { width, height } = sizeOf(place);
  return { name: place.name, left: place.x, top: place.y, right: place.x + width, bottom: place.y + height };
};
const rounding = 0.01;
/** The status folds away beside the delta bar, in whose row it lies. */
const folds = (name: string) => name === 'status';

describe('the address', () => {
  const at = (text: string) => readObsAddress(new URL(text, 'http://127.0.0.1:5/'));

  test('names the layout and how it is to be shown', () => {
    expect(at('/obs/minimal?token=abc&delay=2500&audio=1')).toEqual({
      layout: 'minimal',
      delayMs: 2500,
      audio: true,
      hub: 'ws://127.0.0.1:5/hub?token=abc&for=viewers',
    });
  });

  test('is read as it was made, with the token of the address it was made of (seed 6)', () => {
    const sources = fc.record({
      layout: fc.constantFrom(...obsLayouts),
      delayMs: fc.integer({ min: 0, max: 60_000 }),
      audio: fc.boolean(),
    });
    const check = (source: ReturnType<typeof obsSource.parse>) => {
      const url = obsSourceUrl('http://127.0.0.1:5/obs/full?token=abc&delay=7&x=1', source);
      expect(at(url)).toEqual({ ...source, hub: 'ws://127.0.0.1:5/hub?token=abc&for=viewers' });
      expect(url).not.toContain('x=1');
    };
    fc.assert(fc.property(sources, check), { seed: 6, numRuns: 200 });
  });

  test.each([
    ['/obs/', 'full', 0],
    ['/obs/other?delay=x', 'full', 0],
    ['/obs/input?delay=-5', 'input', 0],
    ['/obs/coach?delay=9e9', 'coach', 60_000],
    ['/obs/coach?delay=NaN', 'coach', 0],
  ])('%s is understood as far as it goes', (text, layout, delayMs) => {
    expect(at(text)).toMatchObject({ layout, delayMs, audio: false });
  });
});

describe('arrangements', () => {
  const sources = [
    { width: 1920, height: 1080 },
    { width: 1280, height: 720 },
    { width: 640, height: 360 },
    { width: 400, height: 900 },
    { width: 1920, height: 160 },
    { width: 100, height: 100 },
    { width: 7680, height: 4320 },
  ];
  const every = obsLayouts.flatMap((layout) => sources.map((source) => [layout, source] as const));

  test.each(every)('%s fits into %o, and nothing lies over anything', (layout, source) => {
    const places = arrange(obsTables[layout], source, () => true);
    expect(places.length).toBeGreaterThan(0);
    const boxes = places.map(boxOf).filter(({ name }) => !folds(name));
    for (const box of boxes) {
      expect(box.left).toBeGreaterThanOrEqual(-rounding);
      expect(box.top).toBeGreaterThanOrEqual(-rounding);
      expect(box.right).toBeLessThanOrEqual(source.width + rounding);
      expect(box.bottom).toBeLessThanOrEqual(source.height + rounding);
    }
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1)) {
        const apart =
          a.right <= b.left + rounding ||
          b.right <= a.left + rounding ||
          a.bottom <= b.top + rounding ||
          b.bottom <= a.top + rounding;
        expect(apart, `${a.name} and ${b.name}`).toBe(true);
      }
  });

  test('what was not told has no place, and fuel comes with its message alone', () => {
    const told = new Told();
    const names = () =>
      arrange(obsTables.full, { width: 1920, height: 1080 }, (name) => told.has(name)).map(
        ({ name }) => name,
      );
    for (const name of ['fuel', 'tyres', 'trackMap', 'lapList', 'relative'])
      expect(names()).not.toContain(name);
    expect(told.take({ type: 'map', map: null })).toBe(false);
    expect(told.take(map())).toBe(true);
    expect(told.take(map())).toBe(false);
    expect(told.take(fuel())).toBe(true);
    expect(names()).toEqual(expect.arrayContaining(['trackMap', 'fuel']));
    told.forget();
    expect(names()).not.toContain('fuel');
  });

  test('the coach’s words keep a readable size in a small source', () => {
    const places = arrange(obsTables.coach, { width: 640, height: 360 }, () => true);
    for (const { name, scale } of places) expect(scale, name).toBeGreaterThan(0.5);
  });

  const seed = 20_261_127;
  test(`any source and any set of widgets: inside, seed ${seed}`, () => {
    const source = fc.record({
      width: fc.integer({ min: 1, max: 8192 }),
      height: fc.integer({ min: 1, max: 8192 }),
    });
    const names = fc.subarray([...overlayWidgetNames]);
    fc.assert(
      fc.property(fc.constantFrom(...obsLayouts), source, names, (layout, size, has) => {
        for (const place of arrange(obsTables[layout], size, (name) => has.includes(name))) {
          const box = boxOf(place);
          expect(place.scale).toBeGreaterThan(0);
          if (folds(place.name)) continue;
          expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(-rounding);
          expect(box.right).toBeLessThanOrEqual(size.width + rounding);
          expect(box.bottom).toBeLessThanOrEqual(size.height + rounding);
        }
      }),
      { seed, numRuns: 300 },
    );
  });
});

describe('visibility', () => {
  function watched() {
    const listeners = new Map<string, (event: Event) => void>();
    const on = (name: string, listener: unknown) =>
      void listeners.set(name, listener as (event: Event) => void);
    const document = { visibilityState: 'visible' as DocumentVisibilityState, addEventListener: on };
    const seen: boolean[] = [];
    const visibility = new Visibility({ document, window: { addEventListener: on } }, (now) =>
      seen.push(now),
    );
    const obs = (detail: unknown) =>
      listeners.get('obsSourceVisibleChanged')?.(Object.assign(new Event('x'), { detail }));
    const browser = (state: DocumentVisibilityState) => {
      document.visibilityState = state;
      listeners.get('visibilitychange')?.(new Event('visibilitychange'));
    };
    return { visibility, seen, obs, browser };
  }

  test('OBS and browser each hide it, and both must show it', () => {
    const { visibility, seen, obs, browser } = watched();
    expect(visibility.visible).toBe(true);
    obs({ visible: false });
    browser('hidden');
    obs({ visible: true });
    expect(visibility.visible).toBe(false);
    browser('visible');
    expect(seen).toEqual([false, true]);
  });

  test('an event of another form hides nothing', () => {
    const { seen, obs } = watched();
    for (const detail of [null, undefined, 1, {}, { visible: 'no' }]) obs(detail);
    expect(seen).toEqual([]);
  });
});
