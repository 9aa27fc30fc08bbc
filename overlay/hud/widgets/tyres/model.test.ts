import { defaultLook, type TyresMessage, type TyreValues } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { defaultSetup, hudSetup } from '../../setup.ts';
import { blankTyres, TyresPresenter } from './model.ts';

const tyre = (celsius: number, share: number): TyreValues => ({
  temperaturesC: [celsius - 2, celsius, celsius + 3],
  wear: [share, share + 0.01, share - 0.01],
  coldPressureKpa: 165.4,
});
const unknown: TyreValues = {
  temperaturesC: [null, null, null],
  wear: [null, null, null],
  coldPressureKpa: null,
};
const message: TyresMessage = {
  type: 'tyres',
  stopLap: 12,
  leftFront: tyre(84, 0.93),
  rightFront: tyre(88.6, 0.9),
  leftRear: tyre(80, 0.95),
  rightRear: unknown,
};

function drawn(tyres: TyresMessage | null, setup = defaultSetup) {
  const frame: HudFrame = { ...emptyFrame(), driven: true, setup };
  frame.board.tyres = tyres;
  const model = blankTyres();
  new TyresPresenter().update(frame, model);
  return model;
}

test('every value is stamped with the stop at which it was taken', () => {
  expect(drawn(message)).toMatchObject({ live: true, stamp: 'At the last stop, lap 12', unit: '°C' });
  expect(drawn({ ...message, stopLap: null }).stamp).toBe('As handed over, before any stop');
  expect(drawn(null)).toMatchObject({ live: false, stamp: 'Tyres: nothing told yet.', unit: '' });
});

test('temperatures from left to right, tread in per cent with the least of the three', () => {
  expect(drawn(message)).toMatchObject({
    temperatureL0: '82',
    temperatureM0: '84',
    temperatureR0: '87',
    temperatureM1: '89',
    treadL0: 93,
    treadM0: 94,
    treadR0: 92,
    least0: '92 %',
    pressure0: '165 kPa',
  });
});

test('what is unknown stays empty', () => {
  expect(drawn(message)).toMatchObject({ temperatureL3: '', treadL3: -1, least3: '', pressure3: '' });
  const half = { ...message, rightRear: { ...unknown, wear: [null, 0.8, null] } } as TyresMessage;
  expect(drawn(half)).toMatchObject({ treadL3: -1, treadM3: 80, least3: '80 %' });
});

test('options, units and language take effect', () => {
  const tyres = { temperature: false, wear: true, pressure: false };
  const quiet = { ...defaultSetup, options: { ...defaultSetup.options, tyres } };
  expect(drawn(message, quiet)).toMatchObject({
    showTemperature: false,
    showTread: true,
    showPressure: false,
    unit: '',
  });
  const spanish = hudSetup({ look: { ...defaultLook, units: 'imperial', language: 'es' } });
  expect(drawn(message, spanish)).toMatchObject({
    stamp: 'En la última parada, vuelta 12',
    unit: '°F',
    temperatureM0: '183',
    pressure0: '24,0 psi',
  });
});
