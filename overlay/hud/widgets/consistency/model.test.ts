import { defaultLook, type LapsMessage } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { defaultSetup, hudSetup } from '../../setup.ts';
import { bandSteps, blankConsistency, ConsistencyPresenter } from './model.ts';

type Known = NonNullable<LapsMessage['consistency']>;
const known: Known = {
  laps: 8,
  spreadS: 0.214,
  meanToBestS: 0.348,
  loosest: { cornerId: 't4', spreadS: 0.118 },
};

function drawn(consistency: Known | null, setup = defaultSetup) {
  const reference = syntheticReference();
  const frame: HudFrame = { ...emptyFrame(), driven: true, setup, reference };
  frame.board.laps = { type: 'laps', laps: [], consistency };
  const model = blankConsistency();
  new ConsistencyPresenter().update(frame, model);
  return model;
}

test('spread, mean to best and the loosest corner', () => {
  expect(drawn(known)).toMatchObject({
    live: true,
    spread: '0.21',
    mean: '+0.35',
    corner: 'Long Meadow',
    cornerSpread: '0.12',
    words: '',
  });
});

test('the band is as wide as the spread, up to its full width', () => {
  const bands = [0, 0.5, 1, 7].map((spreadS) => drawn({ ...known, spreadS }).band);
  expect(bands).toEqual([0, bandSteps / 2, bandSteps, bandSteps]);
});

test('says what it waits for', () => {
  expect(drawn(null)).toMatchObject({ live: false, spread: '', words: 'Needs three clean laps.' });
});

test('a corner that is unknown to the reference goes by its id; without one nothing is named', () => {
  expect(drawn({ ...known, loosest: { cornerId: 't12', spreadS: 0.3 } }).corner).toBe('Turn 12');
  expect(drawn({ ...known, loosest: null }).corner).toBe('');
});

test('options and language take effect', () => {
  const options = { ...defaultSetup.options, consistency: { loosest: false } };
  expect(drawn(known, { ...defaultSetup, options })).toMatchObject({ corner: '', cornerSpread: '' });
  const french = hudSetup({ look: { ...defaultLook, language: 'fr' } });
  expect(drawn(known, french)).toMatchObject({ spread: '0,21', mean: '+0,35', spreadLabel: 'écart type' });
});
