import { type CostMessage, defaultLook, statuses, widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { hudSetup } from '../../setup.ts';
import { blankStatus, StatusPresenter } from './model.ts';

function drawn(change: Partial<HudFrame>) {
  const model = blankStatus();
  new StatusPresenter().update({ ...emptyFrame(), ...change }, model);
  return model;
}

test('is a dot while the coach works', () => {
  expect(drawn({ link: 'open', fresh: true, coaching: true, status: 'coaching' })).toEqual({
    form: 'dot',
    text: '',
    raceLegal: false,
    covers: false,
  });
});

test.each(statuses.filter(({ silent }) => silent).map(({ code, text }) => [code, text] as const))(
  'says why it is silent: %s',
  (status, text) => {
    expect(drawn({ link: 'open', fresh: true, status })).toMatchObject({ form: 'ring', text });
  },
);

test('says that there is no engine, or another one', () => {
  expect(drawn({ link: 'closed' })).toMatchObject({
    form: 'cross',
    text: expect.stringContaining('trying again'),
  });
  expect(drawn({ link: 'differs' })).toMatchObject({
    form: 'cross',
    text: expect.stringContaining('reload'),
  });
});

const works: Partial<HudFrame> = { link: 'open', fresh: true, coaching: true, status: 'coaching' };
const at = (level: CostMessage['level']) => ({
  board: { ...emptyFrame().board, cost: { type: 'cost', level, why: '' } as const },
});

test('reasons in the language of the settings', () => {
  const setup = hudSetup({ look: { ...defaultLook, language: 'de' } });
  expect(drawn({ link: 'open', fresh: true, status: 'in-pits', setup }).text).toBe(
    'In der Box: Coaching geht nach der Outlap weiter.',
  );
});

test('a badge while the rules forbid live instruction, unless it is switched off', () => {
  const rules = (raceLegal: boolean) => ({
    board: { ...emptyFrame().board, rules: { type: 'rules', raceLegal, why: '' } as const },
  });
  const setup = hudSetup({ widgets: widgetOptions.parse({ status: { raceLegal: false } }) });
  expect(drawn({ ...works, ...rules(true) }).raceLegal).toBe(true);
  expect(drawn({ ...works, ...rules(false) }).raceLegal).toBe(false);
  expect(drawn({ ...works, ...rules(true), setup }).raceLegal).toBe(false);
});

test('a loudspeaker struck through while sound is muted, unless something else is amiss', () => {
  expect(drawn({ ...works, muted: true }).form).toBe('muted');
  expect(drawn({ ...works, link: 'closed', muted: true }).form).toBe('cross');
  expect(drawn({ ...works, ...at('half-rate'), muted: true }).form).toBe('half');
});

test('shows that less is drawn, and says it where nothing else is left', () => {
  expect(drawn({ ...works, ...at('full') })).toMatchObject({ form: 'dot', text: '' });
  expect(drawn({ ...works, ...at('half-rate') })).toMatchObject({ form: 'half', text: '' });
  expect(drawn({ ...works, ...at('audio-only') })).toMatchObject({
    form: 'half',
    text: expect.stringContaining('listen'),
  });
});

test('on demand: version, link, rate, latency and what is left out', () => {
  const setup = hudSetup({ widgets: widgetOptions.parse({ status: { selfTest: true } }) });
  const health = { version: '1.2.3', rateHz: 59.8, latencyMs: 6.4 };
  expect(drawn({ ...works, setup, health })).toMatchObject({
    covers: true,
    text: 'Racing Coach 1.2.3 · connected · 60 Hz · 6 ms late',
  });
  expect(drawn({ ...works, ...at('half-rate'), setup, health }).text).toMatch(/ · half rate$/);
  expect(drawn({ link: 'closed', setup }).text).toBe('Racing Coach · not connected · no samples');
});

test('who has set nothing up is told where, unless he drives', () => {
  const setup = hudSetup({ hint: 'first-run' });
  const waits: Partial<HudFrame> = { link: 'open', fresh: true, status: 'no-source', setup };
  expect(drawn({ ...waits, driven: false }).text).toContain('open the settings');
  expect(drawn({ ...waits, driven: true }).text).not.toContain('settings');
  expect(drawn({ ...waits, setup: hudSetup({ hint: 'settings-damaged' }) }).text).toContain('damaged');
});
