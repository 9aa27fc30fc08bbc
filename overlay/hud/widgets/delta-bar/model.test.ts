import { type PartialWidgetOptions, snapshotFlags, widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { hudSetup } from '../../setup.ts';
import { barSteps, blankDeltaBar, type DeltaBarModel, DeltaBarPresenter } from './model.ts';

function moment(deltaS: number, slope: number, nowMs = 0): HudFrame {
  const frame = { ...emptyFrame(), timed: true, nowMs };
  Object.assign(frame.snapshot, { deltaS, deltaSlopeSPer50M: slope, flags: snapshotFlags.deltaValid });
  return frame;
}

function drawn(frame: HudFrame, presenter = new DeltaBarPresenter()): DeltaBarModel {
  const model = blankDeltaBar();
  presenter.update(frame, model);
  return model;
}

test('length and side are the delta', () => {
  expect(drawn(moment(0.5, 0))).toMatchObject({ bar: barSteps / 2, text: '+0.50', live: true });
  expect(drawn(moment(-0.25, 0))).toMatchObject({ bar: -barSteps / 4, text: '\u22120.25' });
  expect(drawn(moment(7, 0)).bar).toBe(barSteps);
  expect(drawn(moment(-0.001, 0)).text).toBe('0.00');
});

test('colour is what the last 50 m did to it, whatever the side', () => {
  expect(drawn(moment(0.5, 0.02)).trend).toBe('losing');
  expect(drawn(moment(0.5, -0.02)).trend).toBe('gaining');
  expect(drawn(moment(-0.5, 0.02)).trend).toBe('losing');
  expect(drawn(moment(0.5, 0.004)).trend).toBe('steady');
  expect(drawn(moment(0.5, Number.NaN)).trend).toBe('steady');
});

test('a slope about the threshold does not flicker', () => {
  const presenter = new DeltaBarPresenter();
  const trends = [0.011, 0.009, 0.011, 0.008, 0.004].map(
    (slope) => drawn(moment(0.5, slope), presenter).trend,
  );
  expect(trends).toEqual(['losing', 'losing', 'losing', 'losing', 'steady']);
});

test('is an outline while the delta means nothing', () => {
  const invalid = moment(0.5, 0.02);
  invalid.snapshot.flags = 0;
  for (const frame of [invalid, moment(Number.NaN, 0), { ...moment(0.5, 0.02), timed: false }])
    expect(drawn(frame)).toMatchObject({ live: false, bar: 0, text: '', trend: 'steady' });
});

test('the number changes ten times a second, the bar with every frame', () => {
  const presenter = new DeltaBarPresenter();
  const models = [0, 16, 33, 50, 100].map((nowMs) => drawn(moment(nowMs / 1000, 0, nowMs), presenter));
  expect(new Set(models.map(({ bar }) => bar)).size).toBe(5);
  expect(models.map(({ text }) => text)).toEqual(['0.00', '0.00', '0.00', '0.00', '+0.10']);
});

test('a rough reference is said on the side that the bar leaves free', () => {
  const rough = (deltaS: number, flags: number) => {
    const frame = moment(deltaS, 0);
    frame.snapshot.flags = flags;
    return drawn(frame).rough;
  };
  const flags = snapshotFlags.deltaValid | snapshotFlags.referenceRough;
  expect([rough(0.3, flags), rough(-0.3, flags), rough(0, flags)]).toEqual([-1, 1, 1]);
  expect([rough(0.3, snapshotFlags.deltaValid), rough(0.3, snapshotFlags.referenceRough)]).toEqual([0, 0]);
});

test('range, number and colour are the settings’', () => {
  const withOptions = (deltaBar: PartialWidgetOptions['deltaBar'], deltaS: number, slope: number) =>
    drawn({ ...moment(deltaS, slope), setup: hudSetup({ widgets: widgetOptions.parse({ deltaBar }) }) });
  expect(withOptions({ rangeS: 2 }, 0.5, 0).bar).toBe(barSteps / 4);
  expect(withOptions({ number: false }, 0.5, 0)).toMatchObject({ text: '', live: true });
  expect(withOptions({ colourBy: 'side' }, 0.5, -0.02).trend).toBe('losing');
  expect(withOptions({ colourBy: 'side' }, -0.5, 0.02).trend).toBe('gaining');
  expect(withOptions({ colourBy: 'side' }, 0.002, 0.02).trend).toBe('steady');
});
