import { type BoardLap, defaultLook } from '@racing-coach/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { defaultSetup, hudSetup } from '../../setup.ts';
import { blankLapList, LapListPresenter } from './model.ts';
import { listedLaps } from './rows.ts';

const lap = (number: number, change: Partial<BoardLap> = {}): BoardLap => ({
  lap: number,
  stint: 1,
  lapTimeS: 91 + number / 10,
  clean: true,
  valid: true,
  complete: true,
  best: false,
  toBestS: number / 10,
  reasons: [],
  ...change,
});

function drawn(laps: BoardLap[] | null, setup = defaultSetup) {
  const frame: HudFrame = { ...emptyFrame(), driven: true, setup };
  frame.board.laps = laps && { type: 'laps', laps, consistency: null };
  const model = blankLapList();
  new LapListPresenter().update(frame, model);
  return model;
}
const withOptions = (change: object) => ({
  ...defaultSetup,
  options: { ...defaultSetup.options, lapList: { ...defaultSetup.options.lapList, ...change } },
});

const spoilt = lap(3, { clean: false, valid: false, reasons: ['invalid-by-sim', 'off-track'] });

test('the newest on top, with its gap, or with the reason why it does not count', () => {
  const model = drawn([lap(1, { best: true, toBestS: 0 }), lap(2), spoilt]);
  expect(model).toMatchObject({
    kind0: 'spoilt',
    lap0: '3',
    time0: '1:31.300',
    words0: 'off track',
    gap0: '',
  });
  expect(model).toMatchObject({ kind1: 'clean', time1: '1:31.200', gap1: '+0.20', words1: '' });
  expect(model).toMatchObject({ kind2: 'best', gap2: '', words2: 'best', kind3: 'empty' });
});

test('says that there is no lap yet', () => {
  for (const laps of [null, []])
    expect(drawn(laps)).toMatchObject({ kind0: 'empty', words: 'No lap finished yet.' });
});

test('a lap without a time keeps its place', () => {
  const out = lap(1, { lapTimeS: null, toBestS: null, clean: false, complete: false, reasons: ['out-lap'] });
  expect(drawn([out])).toMatchObject({ time0: '', words0: 'out lap' });
});

test('options take effect', () => {
  const laps = [lap(1), lap(2), lap(3), spoilt];
  expect(drawn(laps, withOptions({ rows: 3 }))).toMatchObject({ kind2: 'clean', kind3: 'empty' });
  expect(drawn(laps, withOptions({ gap: false }))).toMatchObject({ gap1: '', words0: 'off track' });
  expect(drawn(laps, withOptions({ reasons: false }))).toMatchObject({
    words0: '',
    gap0: '+0.30',
    kind0: 'spoilt',
  });
  const german = hudSetup({ look: { ...defaultLook, language: 'de' } });
  expect(drawn(laps, german)).toMatchObject({ time1: '1:31,300', words0: 'neben der Strecke' });
});

test('the best lap is always listed, the newest first, never more than wanted', () => {
  const laps = fc
    .array(fc.boolean(), { maxLength: 20 })
    .map((clean) => clean.map((is, at) => lap(at + 1, { clean: is })));
  fc.assert(
    fc.property(laps, fc.nat(), fc.integer({ min: 3, max: 6 }), (all, chosen, rows) => {
      const marked = all.map((one, at) => ({ ...one, best: at === chosen % Math.max(1, all.length) }));
      const listed = listedLaps(marked, rows);
      expect(listed).toHaveLength(Math.min(rows, all.length));
      expect(listed.some(({ best }) => best)).toBe(all.length > 0);
      const numbers = listed.map((one) => one.lap);
      expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    }),
  );
});
