import {
  type OverlaySettings,
  overlayPlacement,
  overlaySettings,
  overlayWidgetNames,
} from '@racing-coach/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Display, placeWidgets } from '../windows/placement.ts';
import { contains } from '../windows/rect.ts';
import { type EditAction, editAction } from './actions.ts';
import { editedPlacements } from './arrangement.ts';
import { keyAction } from './keys.ts';
import { type EditModel, mostUndo, widgetNamed } from './model.ts';
import { beginEdit, edit, withDisplays } from './reducer.ts';
import { scaleLimits } from './resize.ts';

const one: Display = {
  id: '1',
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  scaleFactor: 1,
  primary: true,
};
const two: Display = {
  id: '2',
  bounds: { x: 1920, y: 0, width: 2560, height: 1440 },
  scaleFactor: 1.5,
  primary: false,
};
const overlay: OverlaySettings = overlaySettings.parse({});
const begin = (displays = [one, two]) => beginEdit(overlay, displays);
const all = (model: EditModel, ...actions: EditAction[]) =>
  actions.reduce((now, action) => edit(now, action, overlay), model);
const boxOf = (model: EditModel, name: (typeof overlayWidgetNames)[number]) => {
  const widget = widgetNamed(model.widgets, name);
  if (widget === undefined) throw new Error(`no ${name}`);
  return widget.box;
};
const grab = (x: number, y: number): EditAction => ({ kind: 'grab', name: 'deltaBar', displayId: '1', x, y });
const drag = (x: number, y: number, free = false, displayId = '1'): EditAction => ({
  kind: 'drag',
  displayId,
  x,
  y,
  free,
});
const drop: EditAction = { kind: 'drop' };
const undo: EditAction = { kind: 'undo' };
const redo: EditAction = { kind: 'redo' };

describe('dragging', () => {
  test('moves by the grid, from where it was held', () => {
    const model = all(begin(), grab(760, 30), drag(402, 503), drop);
    expect(boxOf(model, 'deltaBar')).toEqual({ x: 392, y: 496, width: 420, height: 28 });
    expect(model).toMatchObject({ selected: 'deltaBar', held: null, guides: [] });
  });
  test('with the free key moves by pixels', () => {
    expect(boxOf(all(begin(), grab(760, 30), drag(402, 503, true)), 'deltaBar')).toMatchObject({
      x: 392,
      y: 497,
    });
  });
  test('snaps to the edge of the display, and shows the line', () => {
    const model = all(begin(), grab(750, 24), drag(5, 300));
    expect(boxOf(model, 'deltaBar').x).toBe(0);
    expect(model.guides).toEqual([{ displayId: '1', axis: 'x', at: 0 }]);
  });
  test('snaps to the middle of the display', () => {
    const held: EditAction = { kind: 'grab', name: 'cornerCard', displayId: '1', x: 32, y: 916 };
    const model = all(begin(), held, drag(817, 300));
    expect(boxOf(model, 'cornerCard').x).toBe(820);
    expect(model.guides).toEqual([{ displayId: '1', axis: 'x', at: 960 }]);
  });
  test('docks to another widget', () => {
    // The corner card lies at 32..312, 916..1048.
    const model = all(begin(), grab(750, 24), drag(318, 891));
    expect(boxOf(model, 'deltaBar')).toMatchObject({ x: 312, y: 888 });
    expect(model.guides).toEqual([
      { displayId: '1', axis: 'x', at: 312 },
      { displayId: '1', axis: 'y', at: 916 },
    ]);
  });
  test('ends at the edge of the display', () => {
    expect(boxOf(all(begin(), grab(750, 24), drag(9000, -9000)), 'deltaBar')).toMatchObject({
      x: 1500,
      y: 0,
    });
  });
  test('onto another display takes that display’s scale', () => {
    const model = all(begin(), grab(750, 24), drag(400, 400, true, '2'), drop);
    const widget = widgetNamed(model.widgets, 'deltaBar');
    expect(widget?.displayId).toBe('2');
    expect(widget?.scale).toBeCloseTo(4 / 3, 9);
    expect(boxOf(model, 'deltaBar').width).toBeCloseTo(560, 9);
  });
  test('can be called off', () => {
    const before = begin();
    const model = all(before, grab(750, 24), drag(400, 400), { kind: 'cancel-drag' });
    expect(model.widgets).toEqual(before.widgets);
    expect(model.undo).toEqual([]);
  });
  test('of nothing is nothing', () => {
    const before = begin();
    expect(all(before, drag(1, 1), drop)).toEqual(before);
  });
  test('that was never dropped ends with the next one', () => {
    const model = all(begin(), grab(750, 24), drag(400, 400), grab(400, 400), drag(800, 800), drop);
    expect(model.undo).toHaveLength(2);
  });
});

describe('resizing', () => {
  const corner = (name: 'top-left' | 'bottom-right'): EditAction => ({
    kind: 'grab-corner',
    name: 'cornerCard',
    corner: name,
  });
  test('keeps the shape and the opposite corner', () => {
    const model = all(begin(), corner('top-left'), drag(32 - 28, 880), drop);
    const box = boxOf(model, 'cornerCard');
    expect(box.x + box.width).toBeCloseTo(312, 9);
    expect(box.y + box.height).toBeCloseTo(1048, 9);
    expect(box.width).toBe(308);
    expect(box.width / box.height).toBeCloseTo(280 / 132, 9);
    expect(model.undo).toHaveLength(1);
  });
  test('ends at the limits of the settings and at the display’s edge', () => {
    const small = widgetNamed(all(begin(), corner('bottom-right'), drag(33, 917)).widgets, 'cornerCard');
    expect(small?.scale).toBe(scaleLimits.least);
    const large = boxOf(all(begin(), corner('bottom-right'), drag(1900, 1079)), 'cornerCard');
    expect(large.y + large.height).toBeLessThanOrEqual(1080);
  });
  test('the limits are those of the settings', () => {
    const placed = (scale: number) =>
      overlayPlacement.safeParse({ display: null, x: 0, y: 0, scale }).success;
    expect([placed(scaleLimits.least), placed(scaleLimits.most)]).toEqual([true, true]);
    expect([placed(scaleLimits.least - 0.01), placed(scaleLimits.most + 0.01)]).toEqual([false, false]);
  });
});

describe('keys', () => {
  const press = (model: EditModel, key: string, shift = false, control = false) => {
    const action = keyAction({ key, shift, control }, model.held !== null);
    return edit(model, editAction.parse(action), overlay);
  };
  const walk = (model: EditModel, backwards = false) =>
    edit(model, { kind: 'select-next', backwards }, overlay);
  test('walk through the widgets and move them', () => {
    let model = walk(begin());
    expect(model.selected).toBe('pedalTrace');
    model = walk(model, true);
    expect(model.selected).toBe('brakeMarker');
    model = press(press(model, 'ArrowLeft'), 'ArrowDown', true);
    expect(boxOf(model, 'brakeMarker')).toMatchObject({ x: 636, y: 811 });
  });
  test('grow, shrink and carry to the next display', () => {
    let model = press(walk(begin()), '+');
    expect(boxOf(model, 'pedalTrace').width).toBeCloseTo(396, 9);
    model = press(model, 'm');
    expect(widgetNamed(model.widgets, 'pedalTrace')?.displayId).toBe('2');
    model = press(model, 'm');
    expect(widgetNamed(model.widgets, 'pedalTrace')?.displayId).toBe('1');
  });
  test('undo and redo', () => {
    const before = walk(begin());
    const after = press(before, 'ArrowLeft');
    expect(press(after, 'z', false, true).widgets).toEqual(before.widgets);
    expect(press(press(after, 'z', false, true), 'Z', true, true).widgets).toEqual(after.widgets);
  });
  test('Escape calls off a drag first, then everything', () => {
    const pressed = { key: 'Escape', shift: false, control: false };
    expect(keyAction(pressed, true)).toEqual({ kind: 'cancel-drag' });
    expect(keyAction(pressed, false)).toEqual({ kind: 'discard' });
    expect(keyAction({ key: 'q', shift: false, control: false }, false)).toBeNull();
  });
});

describe('history', () => {
  test('a drag is one step', () => {
    const before = begin();
    const model = all(before, grab(750, 24), drag(400, 400), drag(500, 500), drag(600, 600), drop);
    expect(all(model, undo).widgets).toEqual(before.widgets);
    expect(all(model, undo, redo).widgets).toEqual(model.widgets);
  });
  test('what changes nothing is no step', () => {
    const model = all(begin(), grab(750, 24), drag(750, 24), drop, undo, redo);
    expect(model.undo).toEqual([]);
  });
  test('a new step ends what could be redone', () => {
    const step: EditAction = { kind: 'nudge', x: 1, y: 0, big: false };
    const model = all(begin(), { kind: 'select', name: 'deltaBar' }, step, step, undo, step);
    expect(model.redo).toEqual([]);
    expect(model.undo).toHaveLength(2);
  });
  test('reset is a step too', () => {
    const moved = all(begin(), grab(750, 24), drag(400, 400), drop);
    const model = all(moved, { kind: 'reset' });
    expect(boxOf(model, 'deltaBar').x).toBeCloseTo(750, 9);
    expect(all(model, undo).widgets).toEqual(moved.widgets);
  });
});

describe('saving', () => {
  test('keeps what was moved and leaves the rest alone', () => {
    const model = all(begin(), grab(750, 24), drag(400, 400), drop);
    const placements = editedPlacements(model, overlay);
    expect(Object.keys(placements)).toEqual(['deltaBar']);
    const again = placeWidgets({ ...overlay, placements }, [one, two]).find(
      ({ name }) => name === 'deltaBar',
    );
    expect(again?.box.x).toBeCloseTo(400, 6);
    expect(again?.box.y).toBeCloseTo(400, 6);
  });
  test('a widget whose display is gone keeps it, unless it is moved', () => {
    const away = { ...overlay, placements: { status: { display: 'gone', x: 0.1, y: 0.1, scale: 1 } } };
    const model = edit(beginEdit(away, [one]), grab(750, 24), away);
    expect(editedPlacements(model, away)['status']?.display).toBe('gone');
  });
});

test('displays that change during an edit keep what was done and forget the steps', () => {
  const model = all(begin(), grab(750, 24), drag(400, 400), drop, grab(400, 400), drag(480, 480));
  const fewer = withDisplays(model, overlay, [one]);
  expect(boxOf(fewer, 'deltaBar').x).toBeCloseTo(480, 6);
  expect(fewer).toMatchObject({ held: null, undo: [], selected: 'deltaBar' });
});

describe('whatever is done (seed 6)', () => {
  const anyName = fc.constantFrom(...overlayWidgetNames);
  const place = {
    displayId: fc.constantFrom('1', '2', 'gone'),
    x: fc.integer({ min: -3000, max: 5000 }),
    y: fc.integer({ min: -3000, max: 3000 }),
  };
  const unit = fc.constantFrom(-1 as const, 0 as const, 1 as const);
  const kind = <K extends string>(name: K) => fc.constant(name);
  const anyAction = fc.oneof(
    fc.record({ kind: kind('grab'), name: anyName, ...place }),
    fc.record({
      kind: kind('grab-corner'),
      name: anyName,
      corner: fc.constantFrom('top-left', 'top-right', 'bottom-left', 'bottom-right'),
    }),
    fc.record({ kind: kind('drag'), ...place, free: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('drop', 'reset', 'undo', 'redo', 'cancel-drag') }),
    fc.record({ kind: kind('select-next'), backwards: fc.boolean() }),
    fc.record({ kind: kind('nudge'), x: unit, y: unit, big: fc.boolean() }),
    fc.record({ kind: kind('grow'), by: fc.constantFrom(-1, 1) }),
    fc.record({ kind: kind('to-display'), backwards: fc.boolean() }),
  );
  const run = (check: (model: EditModel) => void) =>
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 40 }), (actions) => {
        const model = actions.reduce((now, action) => edit(now, editAction.parse(action), overlay), begin());
        check(model);
      }),
      { seed: 6, numRuns: 300 },
    );

  test('every widget stays inside a display that is there', () => {
    run((model) => {
      for (const { displayId, box } of model.widgets) {
        const on = model.displays.find(({ id }) => id === displayId);
        const { width = 0, height = 0 } = on?.bounds ?? {};
        const slack = 1e-6;
        expect(
          contains({ x: -slack, y: -slack, width: width + 2 * slack, height: height + 2 * slack }, box),
        ).toBe(true);
      }
    });
  });
  test('undoing everything leads back to the beginning, redoing it to the end', () => {
    run((model) => {
      const settled = all(model, drop);
      let back = settled;
      for (let n = 0; n < mostUndo; n += 1) back = all(back, undo);
      expect(back.widgets).toEqual(begin().widgets);
      for (let n = 0; n < mostUndo; n += 1) back = all(back, redo);
      if (settled.redo.length === 0) expect(back.widgets).toEqual(settled.widgets);
    });
  });
  test('what is saved is valid and gives the same picture', () => {
    run((model) => {
      const settled = all(model, drop);
      const placements = editedPlacements(settled, overlay);
      for (const placement of Object.values(placements))
        expect(overlayPlacement.safeParse(placement).success).toBe(true);
      for (const { name, box } of placeWidgets({ ...overlay, placements }, settled.displays)) {
        const wanted = boxOf(settled, name);
        expect(Math.abs(box.x - wanted.x)).toBeLessThan(0.01);
        expect(Math.abs(box.y - wanted.y)).toBeLessThan(0.01);
        expect(Math.abs(box.width - wanted.width)).toBeLessThan(0.01);
      }
    });
  });
});
