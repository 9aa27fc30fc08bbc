/** Messages of the board for scenes and tests: names, numbers and times are invented. */
import type {
  BoardLap,
  BoardMessage,
  CornersMessage,
  FuelMessage,
  LapsMessage,
  MapMessage,
  RelativeCar,
  RelativeMessage,
  TyresMessage,
  TyreValues,
} from '@racing-coach/contract';
import { syntheticMap } from './synthetic-map.ts';

export const fuel = (change: Partial<FuelMessage> = {}): FuelMessage => ({
  type: 'fuel',
  levelL: 34.2,
  perLapL: 2.76,
  lapsCounted: 5,
  lapsLeft: 12.4,
  lapsToFlag: 10.6,
  marginLaps: 1.8,
  ...change,
});

const tyre = (celsius: number, tread: number, coldPressureKpa: number): TyreValues => ({
  temperaturesC: [celsius + 4, celsius, celsius - 5],
  wear: [tread - 0.06, tread, tread - 0.02],
  coldPressureKpa,
});
export const tyres = (change: Partial<TyresMessage> = {}): TyresMessage => ({
  type: 'tyres',
  stopLap: 12,
  leftFront: tyre(88, 0.78, 172),
  rightFront: tyre(81, 0.86, 172),
  leftRear: tyre(84, 0.7, 165),
  rightRear: tyre(79, 0.83, 165),
  ...change,
});

const lap = (number: number, lapTimeS: number | null, change: Partial<BoardLap> = {}): BoardLap => ({
  lap: number,
  stint: 1,
  lapTimeS,
  clean: true,
  valid: true,
  complete: true,
  best: false,
  toBestS: lapTimeS === null ? null : lapTimeS - 76.482,
  reasons: [],
  ...change,
});
const spoilt = (...reasons: string[]): Partial<BoardLap> => ({ clean: false, reasons });
export const sessionLaps: readonly BoardLap[] = [
  lap(1, null, { ...spoilt('out-lap'), complete: false, valid: false }),
  lap(2, 77.914),
  lap(3, 76.482, { best: true }),
  lap(4, 78.266, spoilt('off-track', 'incident')),
  lap(5, 76.751),
  lap(6, 81.03, spoilt('contact', 'slow-down-penalty')),
  lap(7, 76.604),
];
export const laps = (change: Partial<LapsMessage> = {}): LapsMessage => ({
  type: 'laps',
  laps: [...sessionLaps],
  consistency: { laps: 8, spreadS: 0.21, meanToBestS: 0.35, loosest: { cornerId: 't4', spreadS: 0.12 } },
  ...change,
});

const car = (number: string, name: string, gapS: number, change: Partial<RelativeCar> = {}): RelativeCar => ({
  index: Number.parseInt(number, 10),
  number,
  name,
  className: 'GT3',
  classColour: 0xff5888,
  classPosition: 4,
  gapS,
  lapsAhead: 0,
  inPits: false,
  arrivesInS: null,
  ...change,
});
const prototype = { className: 'LMP2', classColour: 0x33ceff };
const slow = { className: 'GT4', classColour: 0x53ff77 };
export const cars: readonly RelativeCar[] = [
  car('88', 'Imke Sander', 14.2, { classPosition: 6 }),
  car('07', 'Teo Varga', 6.8, { ...slow, classPosition: 3, lapsAhead: -1 }),
  car('31', 'Lucía Ferrán', 1.3, { classPosition: 7 }),
  car('5', 'Noor de Graaf', -0.6, { classPosition: 9 }),
  car('22', 'Bastian Oehlenschläger', -3.4, {
    ...prototype,
    classPosition: 2,
    lapsAhead: 1,
    arrivesInS: 6.4,
  }),
  car('119', 'Jo Aldous', -9.7, { classPosition: 10, lapsAhead: -1 }),
];
export const relative = (change: Partial<RelativeMessage> = {}): RelativeMessage => ({
  type: 'relative',
  own: { number: '64', className: 'GT3', classColour: 0xff5888, classPosition: 8 },
  cars: [...cars],
  ...change,
});
export { car as relativeCar };

export const corners = (...deltas: (number | null)[]): CornersMessage => ({
  type: 'corners',
  lap: 3,
  corners: deltas.map((deltaS, index) => ({ cornerId: `t${index + 1}`, deltaS })),
});

export const map = (origin: 'positions' | 'dead-reckoning' = 'positions'): MapMessage => ({
  type: 'map',
  map: { ...syntheticMap(), origin },
});

/** One of each: a session in which everything is known. */
export const wholeBoard = (): BoardMessage[] => [
  fuel(),
  tyres(),
  laps(),
  relative(),
  map(),
  corners(0.21, 0.11, null, null, null, null, null),
];
