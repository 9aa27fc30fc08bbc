import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from './frame.ts';
import { Painted } from './painted.ts';

const presenter = {
  update(frame: HudFrame, into: { tenths: number }) {
    into.tenths = Math.floor(frame.nowMs / 100);
  },
};

test('draws only when a value changed, and a new view at once', () => {
  const drawn: number[] = [];
  const view = { draw: (model: { tenths: number }) => drawn.push(model.tenths) };
  const painted = new Painted(presenter, () => ({ tenths: -1 }));
  painted.show(view);
  const changes = [0, 10, 99, 100, 150].map((nowMs) => painted.update({ ...emptyFrame(), nowMs }));
  expect(changes).toEqual([true, false, false, true, false]);
  painted.show(view);
  expect(drawn).toEqual([-1, 0, 1, 1]);
});
