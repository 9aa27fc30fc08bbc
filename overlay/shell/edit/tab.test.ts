import { overlaySettings } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import type { EditModel } from './model.ts';
import { beginEdit, edit } from './reducer.ts';
import { type TabButton, tabStep } from './tab.ts';

const overlay = overlaySettings.parse({ widgets: ['deltaBar', 'brakeMarker', 'status'] });
const display = { id: '1', bounds: { x: 0, y: 0, width: 1920, height: 1080 }, scaleFactor: 1, primary: true };

/** Presses Tab as the page does, and says where each press ends. */
function pressed(model: EditModel, times: number, backwards: boolean): string[] {
  let [at, on]: [EditModel, TabButton | null] = [model, null];
  return Array.from({ length: times }, () => {
    const step = tabStep(at, on, backwards);
    on = step.to === 'button' ? step.button : null;
    const action =
      on === null ? ({ kind: 'select-next', backwards } as const) : ({ kind: 'select', name: null } as const);
    at = edit(at, action, overlay);
    return on ?? at.selected ?? 'nothing';
  });
}

test('every widget and both buttons have their turn, either way round', () => {
  const began = beginEdit(overlay, [display]);
  const names = began.widgets.map(({ name }) => name);
  const round = [...names, 'discard', 'save'];
  expect(names).toHaveLength(3);
  expect(pressed(began, 10, false)).toEqual([...round, ...round]);
  const back = [...round].reverse();
  expect(pressed(began, 10, true)).toEqual([...back, ...back]);
});

test('without widgets, and without a model, the buttons are reached', () => {
  const empty = beginEdit(overlaySettings.parse({ widgets: [] }), [display]);
  expect(pressed(empty, 3, false)).toEqual(['discard', 'save', 'discard']);
  expect(tabStep(null, null, false)).toEqual({ to: 'button', button: 'discard' });
});
