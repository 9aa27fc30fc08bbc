import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { blankCornerCard, type CornerCardModel, CornerCardPresenter } from './model.ts';

const reference = syntheticReference();

function moment(snapshot: Partial<HudFrame['snapshot']>, change: Partial<HudFrame> = {}): HudFrame {
  const frame = { ...emptyFrame(), awake: true, reference, ...change };
  Object.assign(frame.snapshot, { corner: -1, nextCorner: -1, phase: 0, ...snapshot });
  return frame;
}

function drawn(frame: HudFrame): CornerCardModel {
  const model = blankCornerCard();
  new CornerCardPresenter().update(frame, model);
  return model;
}

test('on a straight: the next corner with the speed and gear that the coach aims at', () => {
  expect(drawn(moment({ nextCorner: 0, targetSpeedMps: 25, targetGear: 3 }))).toMatchObject({
    live: true,
    name: 'Quarry',
    direction: 'right',
    speed: '90',
    gear: '3',
    inside: false,
  });
});

test("without a target the reference's own speed and gear stand in", () => {
  expect(drawn(moment({ nextCorner: 0 }))).toMatchObject({ speed: '88', gear: '2' });
});

test('in a corner: that corner, until its exit', () => {
  const inside = { corner: 3, nextCorner: 4, targetSpeedMps: 58, targetGear: 5 };
  expect(drawn(moment({ ...inside, phase: 3 }))).toMatchObject({
    name: 'Long Meadow',
    speed: '120',
    inside: true,
  });
  expect(drawn(moment({ ...inside, phase: 4 }))).toMatchObject({
    name: 'Beech Rise',
    speed: '209',
    inside: false,
  });
});

test('unnamed corners go by their id, unknown gears are left out', () => {
  const corners = reference.corners.map((corner) => ({ ...corner, name: null, minGear: null }));
  const model = drawn(moment({ nextCorner: 1 }, { reference: { ...reference, corners } }));
  expect(model).toMatchObject({ name: 'Turn 2', gear: '' });
});

test('is an outline when no corner is known', () => {
  for (const frame of [
    moment({}),
    moment({ nextCorner: 0 }, { reference: null }),
    moment({ nextCorner: 99 }),
    moment({ nextCorner: 0 }, { awake: false }),
  ])
    expect(drawn(frame).live).toBe(false);
});
