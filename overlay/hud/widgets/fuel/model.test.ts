import { defaultLook, type FuelMessage } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { defaultSetup, hudSetup } from '../../setup.ts';
import { blankFuel, FuelPresenter } from './model.ts';

const message: FuelMessage = {
  type: 'fuel',
  levelL: 34.25,
  perLapL: 2.757,
  lapsCounted: 5,
  lapsLeft: 12.42,
  lapsToFlag: 11.1,
  marginLaps: 1.32,
};

function drawn(change: Partial<FuelMessage> | null, setup = defaultSetup) {
  const frame: HudFrame = { ...emptyFrame(), driven: true, setup };
  frame.board.fuel = change && { ...message, ...change };
  const model = blankFuel();
  new FuelPresenter().update(frame, model);
  return model;
}

test('laps, litres and what is to spare', () => {
  expect(drawn({})).toMatchObject({
    live: true,
    laps: '12.4',
    low: false,
    level: '34.3',
    levelUnit: 'L',
    perLap: '2.76 L a lap',
    margin: 'enough',
    marginLaps: '+1.3',
    words: 'to spare at the flag',
  });
});

test('what is unknown is said, not guessed', () => {
  expect(drawn(null)).toMatchObject({ live: false, laps: '', words: 'Fuel: nothing told yet.' });
  expect(drawn({ levelL: null })).toMatchObject({ live: false });
  const learning = { lapsLeft: null, perLapL: null, marginLaps: null, lapsCounted: 0 };
  expect(drawn(learning)).toMatchObject({
    live: true,
    laps: '',
    perLap: '',
    tank: -1,
    marginLaps: '',
    words: 'Known after one full lap.',
  });
  expect(drawn({ lapsToFlag: null, marginLaps: null })).toMatchObject({
    tank: -1,
    marginLaps: '',
    words: '',
  });
});

test('options and units take effect', () => {
  const fuel = { ...defaultSetup.options.fuel, perLap: false, toFlag: false, warnLaps: 13 as number };
  const options = { ...defaultSetup.options, fuel };
  expect(drawn({}, { ...defaultSetup, options })).toMatchObject({
    perLap: '',
    tank: -1,
    marginLaps: '',
    low: true,
  });
  const plain = { ...defaultSetup.options, fuel: { ...defaultSetup.options.fuel, bar: false } };
  expect(drawn({}, { ...defaultSetup, options: plain })).toMatchObject({ tank: -1, marginLaps: '+1.3' });
  const german = hudSetup({ look: { ...defaultLook, units: 'imperial', language: 'de' } });
  expect(drawn({}, german)).toMatchObject({
    laps: '12,4',
    level: '9,0',
    levelUnit: 'gal',
    perLap: '0,73 gal je Runde',
  });
});

test('texts are made for a new message or setup only', () => {
  const presenter = new FuelPresenter();
  const model = blankFuel();
  const frame: HudFrame = { ...emptyFrame(), driven: true };
  frame.board.fuel = message;
  presenter.update(frame, model);
  model.laps = 'kept';
  presenter.update(frame, model);
  expect(model.laps).toBe('kept');
  frame.board.fuel = { ...message, lapsLeft: 3 };
  presenter.update(frame, model);
  expect(model.laps).toBe('3.0');
});
