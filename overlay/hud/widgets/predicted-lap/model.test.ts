import { snapshotFlags, widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { laps } from '../../scenes/synthetic-board.ts';
import { hudSetup } from '../../setup.ts';
import { blankPredictedLap, type PredictedLapModel, PredictedLapPresenter } from './model.ts';

function moment(predictedLapTimeS: number, change: Partial<HudFrame> = {}): HudFrame {
  const frame = { ...emptyFrame(), timed: true, ...change };
  const flags = snapshotFlags.deltaValid;
  Object.assign(frame.snapshot, { predictedLapTimeS, referenceLapTimeS: 92, flags });
  return frame;
}

function drawn(frame: HudFrame, presenter = new PredictedLapPresenter()): PredictedLapModel {
  const model = blankPredictedLap();
  presenter.update(frame, model);
  return model;
}

const compared = (compare: 'reference' | 'best' | 'none', decimals = 2) =>
  hudSetup({ widgets: widgetOptions.parse({ predictedLap: { compare, decimals } }) });

test('time, and the gap with its sign', () => {
  expect(drawn(moment(92.418))).toMatchObject({ live: true, time: '1:32.42', gap: '+0.42', side: 'slower' });
  expect(drawn(moment(91.8))).toMatchObject({ gap: '\u22120.20', side: 'faster' });
  expect(drawn(moment(92.004))).toMatchObject({ gap: '0.00', side: 'even' });
});

test('against the session’s best, which may not be there', () => {
  const setup = compared('best');
  expect(drawn(moment(92, { setup })).gap).toBe('');
  const board = { ...emptyFrame().board, laps: laps() };
  expect(drawn(moment(76.982, { setup, board })).gap).toBe('+0.50');
});

test('against nothing, and with as many decimals as wanted', () => {
  expect(drawn(moment(92.418, { setup: compared('none', 3) }))).toMatchObject({ time: '1:32.418', gap: '' });
  expect(drawn(moment(92.46, { setup: compared('none', 1) })).time).toBe('1:32.5');
});

test('is an outline while the delta means nothing', () => {
  const invalid = moment(92);
  invalid.snapshot.flags = 0;
  for (const frame of [invalid, moment(Number.NaN), moment(92, { timed: false })])
    expect(drawn(frame)).toMatchObject({ live: false, time: '', gap: '' });
});

test('the time changes ten times a second at most', () => {
  const presenter = new PredictedLapPresenter();
  const times = [0, 16, 33, 50, 100].map(
    (nowMs) => drawn(moment(92 + nowMs / 1000, { nowMs }), presenter).time,
  );
  expect(times.filter((time) => time !== '')).toEqual(['1:32.00', '1:32.10']);
});
