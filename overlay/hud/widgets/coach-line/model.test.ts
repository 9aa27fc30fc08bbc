import { type CueEvent, defaultLook, widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { cueEvent } from '../../scenes/synthetic-events.ts';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { hudSetup } from '../../setup.ts';
import { blankCoachLine, type CoachLineModel, CoachLinePresenter } from './model.ts';

function moment(cue: CueEvent | null, nowMs: number, change: Partial<HudFrame> = {}): HudFrame {
  const heard = cue && { cue, arrivedMs: 0 };
  const frame = {
    ...emptyFrame(),
    awake: true,
    driven: true,
    nowMs,
    cue: heard,
    reducedMotion: true,
    ...change,
  };
  frame.snapshot.lapLengthM = 3000;
  return frame;
}

function drawn(frame: HudFrame): CoachLineModel {
  const model = blankCoachLine();
  new CoachLinePresenter().update(frame, model);
  return model;
}

test('says the words for four seconds', () => {
  const cue = cueEvent('teach', 'Carry more speed into Quarry');
  expect(drawn(moment(cue, 10))).toEqual({
    opacity: 1,
    form: 'advice',
    text: 'Carry more speed into Quarry',
  });
  expect(drawn(moment(cue, 3990)).opacity).toBe(1);
  expect(drawn(moment(cue, 4000)).opacity).toBe(0);
  expect(drawn(moment(cue, 10, { awake: false })).opacity).toBe(0);
});

test('advice about a place ends there, also across the line', () => {
  const cue = { ...cueEvent('teach', 'Brake later'), targetM: 20 };
  expect(drawn(moment(cue, 10, { lapDistanceM: 2950 })).opacity).toBe(1);
  expect(drawn(moment(cue, 10, { lapDistanceM: 15 })).opacity).toBe(1);
  expect(drawn(moment(cue, 10, { lapDistanceM: 25 })).opacity).toBe(0);
});

test('dangers have a form of their own, and stay when only they are wanted', () => {
  const setup = hudSetup({ widgets: widgetOptions.parse({ coachLine: { show: 'safety' } }) });
  expect(drawn(moment(cueEvent('safety', 'Yellow flag'), 10, { setup }))).toMatchObject({
    opacity: 1,
    form: 'danger',
  });
  expect(drawn(moment(cueEvent('teach', 'Brake later'), 10, { setup })).opacity).toBe(0);
});

test('a danger is said also while the coach is silent, to whoever drives', () => {
  const silent = { awake: false, driven: true };
  expect(drawn(moment(cueEvent('safety', 'Yellow flag'), 10, silent)).opacity).toBe(1);
  expect(drawn(moment(cueEvent('teach', 'Brake later'), 10, silent)).opacity).toBe(0);
  expect(drawn(moment(cueEvent('safety', 'Yellow flag'), 10, { awake: false, driven: false })).opacity).toBe(
    0,
  );
});

test('a verdict and the command to brake are said in the language', () => {
  const setup = hudSetup({ look: { ...defaultLook, language: 'de' } });
  const verdict = {
    ...cueEvent('info', 'T1 +0.18'),
    code: 'corner-verdict',
    cornerId: 't1',
    evidence: { deltaS: 0.18 },
  };
  const reference = syntheticReference();
  expect(drawn(moment(verdict, 10, { setup, reference })).text).toBe('Quarry +0,18');
  expect(drawn(moment(verdict, 10, { setup })).text).toBe('Kurve 1 +0,18');
  expect(drawn(moment({ ...cueEvent('action', 'Brake'), code: 'brake-go' }, 10, { setup })).text).toBe(
    'Bremsen',
  );
});

test('a car alongside and a flag have two seconds to themselves, and a danger is told all the same', () => {
  const presenter = new CoachLinePresenter();
  const at = (
    nowMs: number,
    snapshot: { carLeftRight?: number; sessionFlags?: number },
    cue = cueEvent('teach', 'Brake later'),
  ) => {
    const frame = moment(cue, nowMs, { fresh: true });
    Object.assign(frame.snapshot, { carLeftRight: 1, sessionFlags: 0x4, ...snapshot });
    const model = blankCoachLine();
    presenter.update(frame, model);
    return model.opacity;
  };
  expect(at(100, {})).toBe(1);
  expect(at(200, { carLeftRight: 2 })).toBe(0);
  expect(at(3000, { carLeftRight: 2 })).toBe(0);
  expect(at(3100, {}, cueEvent('safety', 'Slow car ahead'))).toBe(1);
  const later = { ...cueEvent('teach', 'Brake later') };
  const fresh = (nowMs: number, snapshot: { sessionFlags?: number }) => {
    const frame = moment(null, nowMs, { fresh: true, cue: { cue: later, arrivedMs: nowMs } });
    Object.assign(frame.snapshot, { carLeftRight: 1, sessionFlags: 0x4, ...snapshot });
    const model = blankCoachLine();
    presenter.update(frame, model);
    return model.opacity;
  };
  expect(fresh(4000, {})).toBe(0);
  expect(fresh(5100, {})).toBe(1);
  expect(fresh(5200, { sessionFlags: 0xc })).toBe(0);
  expect(fresh(7199, { sessionFlags: 0xc })).toBe(0);
  expect(fresh(7200, { sessionFlags: 0xc })).toBe(1);
});
