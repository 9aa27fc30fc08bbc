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

test('what changes while the widget is not there is drawn when it comes back', () => {
  const drawn: string[] = [];
  const fading = {
    update({ nowMs, awake }: HudFrame, into: { opacity: number; ms: number }) {
      into.opacity = awake ? 1 : 0;
      into.ms = nowMs;
    },
  };
  const painted = new Painted(fading, () => ({ opacity: 0, ms: -1 }));
  painted.show({ draw: ({ opacity, ms }) => drawn.push(`${opacity} ${ms}`) });
  const changes = [false, false, true, false, false].map((awake, nowMs) =>
    painted.update({ ...emptyFrame(), nowMs, awake }),
  );
  expect(changes).toEqual([false, false, true, true, false]);
  expect(drawn).toEqual(['0 -1', '1 2', '0 3']);
});
