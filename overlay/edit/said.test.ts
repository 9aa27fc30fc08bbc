import { overlaySettings } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { beginEdit, edit } from '../shell/edit/reducer.ts';
import { saidOf } from './said.ts';

const overlay = overlaySettings.parse({ widgets: ['deltaBar', 'brakeMarker'] });
const display = { id: '1', bounds: { x: 0, y: 0, width: 1920, height: 1080 }, scaleFactor: 1, primary: true };
const beside = { ...display, id: '2', bounds: { ...display.bounds, x: 1920 }, primary: false };

test('says what is selected and where it is, and which display where there are several', () => {
  const began = beginEdit(overlay, [display]);
  expect([saidOf(null), saidOf(began)]).toEqual(['', '']);
  const chosen = edit(began, { kind: 'select', name: 'deltaBar' }, overlay);
  expect(saidOf(chosen)).toBe('Delta bar: 750 from the left and 24 from the top, 420 by 28');
  const two = edit(beginEdit(overlay, [display, beside]), { kind: 'select', name: 'deltaBar' }, overlay);
  expect(saidOf(two)).toContain('of display 1, ');
});

test('a drag is not read out while it lasts', () => {
  const held = edit(
    beginEdit(overlay, [display]),
    { kind: 'grab', name: 'deltaBar', displayId: '1', x: 760, y: 30 },
    overlay,
  );
  expect(held.held).not.toBeNull();
  expect(saidOf(held)).toBe('');
});
