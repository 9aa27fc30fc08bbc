import {
  type CostMessage,
  defaultLook,
  type SyncMessage,
  statuses,
  widgetOptions,
} from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { hudSetup } from '../../setup.ts';
import { noticeMs } from './brief-notice.ts';
import { blankStatus, StatusPresenter } from './model.ts';

function drawn(change: Partial<HudFrame>) {
  const model = blankStatus();
  new StatusPresenter().update({ ...emptyFrame(), ...change }, model);
  return model;
}

test('is a dot while the coach works', () => {
  expect(drawn({ link: 'open', fresh: true, coaching: true, working: true, status: 'coaching' })).toEqual({
    form: 'dot',
    muted: false,
    text: '',
    raceLegal: false,
    covers: false,
    coversRow: false,
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

const works: Partial<HudFrame> = {
  link: 'open',
  fresh: true,
  driven: true,
  coaching: true,
  working: true,
  status: 'coaching',
};
/** What the words are at moments in milliseconds. */
const wordsAt = (change: Partial<HudFrame>, moments: readonly number[], presenter = new StatusPresenter()) =>
  moments.map((nowMs) => {
    const model = blankStatus();
    presenter.update({ ...emptyFrame(), ...change, nowMs }, model);
    return model.text;
  });
const ruled = (raceLegal: boolean) => ({
  board: { ...emptyFrame().board, rules: { type: 'rules', raceLegal, why: '' } as const },
});
const at = (level: CostMessage['level']) => ({
  board: { ...emptyFrame().board, cost: { type: 'cost', level, why: '' } as const },
});

test('in the pits it says for some seconds that laps are not sent, where that needs the driver; on the track never', () => {
  const synced = (state: SyncMessage['state']): Partial<HudFrame> => ({
    link: 'open',
    fresh: true,
    status: 'in-pits',
    board: { ...emptyFrame().board, sync: { type: 'sync', state, text: '', waiting: 3, refused: 1 } },
  });
  const [first, later] = wordsAt(synced('signed-out'), [0, noticeMs]);
  expect(first).toContain('sign in');
  expect(later).toContain('In the pits');
  expect(wordsAt(synced('trouble'), [0])[0]).toContain('settings');
  for (const state of ['off', 'idle', 'sending', 'paused', 'waiting'] as const)
    expect(wordsAt(synced(state), [0])[0]).toContain('In the pits');
  expect(wordsAt({ ...works, board: synced('signed-out').board ?? emptyFrame().board }, [0])).toEqual(['']);
});

test('reasons in the language of the settings', () => {
  const setup = hudSetup({ look: { ...defaultLook, language: 'de' } });
  expect(drawn({ link: 'open', fresh: true, status: 'in-pits', setup }).text).toBe(
    'In der Box: Coaching geht nach der Outlap weiter.',
  );
});

test('a badge while the rules forbid live instruction, unless it is switched off', () => {
  const setup = hudSetup({ widgets: widgetOptions.parse({ status: { raceLegal: false } }) });
  expect(drawn({ ...works, ...ruled(true) }).raceLegal).toBe(true);
  expect(drawn({ ...works, ...ruled(false) }).raceLegal).toBe(false);
  expect(drawn({ ...works, ...ruled(true), setup }).raceLegal).toBe(false);
});

test('a loudspeaker struck through while sound is muted, whatever else is amiss', () => {
  expect(drawn({ ...works, muted: true })).toMatchObject({ form: 'dot', muted: true });
  expect(drawn({ ...works, link: 'closed', muted: true })).toMatchObject({ form: 'cross', muted: true });
  expect(drawn({ ...works, ...at('half-rate'), muted: true })).toMatchObject({ form: 'half', muted: true });
  expect(drawn(works).muted).toBe(false);
});

test('shows that less is drawn, and says it where nothing else is left', () => {
  expect(drawn({ ...works, ...at('full') })).toMatchObject({ form: 'dot', text: '' });
  expect(drawn({ ...works, ...at('half-rate') })).toMatchObject({ form: 'half', text: '' });
  expect(drawn({ ...works, ...at('audio-only') })).toMatchObject({
    form: 'half',
    text: expect.stringContaining('listen'),
  });
});

const silent: Partial<HudFrame> = { ...works, coaching: false, working: false, measured: true };

test('in a race it is a dot and a badge, and no sentence lies over the delta', () => {
  const race = { ...silent, ...ruled(true) };
  expect(drawn({ ...race, working: true, status: 'race-rules' })).toMatchObject({
    form: 'dot',
    text: '',
    raceLegal: true,
  });
  expect(drawn({ ...race, status: 'traffic' })).toMatchObject({ form: 'ring', text: '' });
});

test('a reason lies over the delta for some seconds, once a drive, and then there is the ring', () => {
  const presenter = new StatusPresenter();
  const [near, far] = [{ ...silent, status: 'traffic' } as const, works];
  const said = statuses.find(({ code }) => code === 'traffic')?.text ?? '';
  expect(wordsAt(near, [0, 4990, 5000, 60_000], presenter)).toEqual([said, said, '', '']);
  expect(wordsAt(far, [61_000], presenter)).toEqual(['']);
  expect(wordsAt(near, [62_000], presenter)).toEqual(['']);
  expect(wordsAt({ ...silent, status: 'wet' }, [63_000], presenter)[0]).toContain('wet');
  expect(wordsAt({ ...near, driven: false, measured: false }, [70_000], presenter)).toEqual([said]);
  expect(wordsAt(near, [71_000, 76_000], presenter)).toEqual([said, '']);
  expect(drawn(near)).toMatchObject({ covers: true, coversRow: true });
  expect(drawn({ ...near, measured: false })).toMatchObject({ covers: false, coversRow: false });
});

test('that there is only sound left is said for some seconds', () => {
  const quiet = { ...works, ...at('audio-only') };
  const [first, later] = wordsAt(quiet, [0, 5000]);
  expect(first).toContain('listen');
  expect(later).toBe('');
  expect(wordsAt({ ...silent, ...at('audio-only'), status: 'traffic' }, [0, 5000, 9000]).slice(1)).toEqual([
    '',
    '',
  ]);
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
