import { expect, test } from 'vitest';
import { pointerPlace } from './pointer-place.ts';

const display = (id: string, x: number, y: number) => ({
  id,
  bounds: { x, y, width: 1000, height: 500 },
  scaleFactor: 1,
  primary: x === 0,
});
const displays = [display('left', 0, 0), display('right', 1000, 200)];

test.each([
  ['left', 10, 20, { displayId: 'left', x: 10, y: 20 }],
  ['left', 1000, 250, { displayId: 'right', x: 0, y: 50 }],
  ['right', -1, 100, { displayId: 'left', x: 999, y: 300 }],
  ['left', 1500, 100, { displayId: 'left', x: 1500, y: 100 }],
  ['gone', 5, 6, { displayId: 'gone', x: 5, y: 6 }],
])('from %s at %i, %i', (own, x, y, place) => {
  expect(pointerPlace(displays, own, x, y)).toEqual(place);
});
