import { widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { laps } from '../../scenes/synthetic-board.ts';
import { hudSetup } from '../../setup.ts';
import { blankPredictedLap, type PredictedLapModel, PredictedLapPresenter } from './model.ts';

function moment(predictedLapTimeS: number, change: Partial<HudFrame> = {}): HudFrame {
  const frame = { ...emptyFrame(), driven: true, measured: true, ...change };
  Object.assign(frame.snapshot, { predictedLapTimeS, referenceLapTimeS: 92 });
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
  for (const frame of [moment(92, { measured: false, working: true }), moment(Number.NaN, { working: true })])
    expect(drawn({ ...frame, reducedMotion: true })).toMatchObject({
      opacity: 1,
      live: false,
      time: '',
      gap: '',
    });
});

test('goes on while the coach is silent, as long as the delta counts', () => {
  expect(drawn(moment(92.418, { reducedMotion: true }))).toMatchObject({ opacity: 1, time: '1:32.42' });
  expect(drawn(moment(92.418, { reducedMotion: true, measured: false })).opacity).toBe(0);
});

test('the time changes ten times a second at most', () => {
  const presenter = new PredictedLapPresenter();
  const times = [0, 16, 33, 50, 100].map(
    (nowMs) => drawn(moment(92 + nowMs / 1000, { nowMs }), presenter).time,
  );
  expect(times.filter((time) => time !== '')).toEqual(['1:32.00', '1:32.10']);
});
