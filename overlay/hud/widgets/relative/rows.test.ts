import type { RelativeCar, RelativeMessage } from '@racing-coach/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSetup } from '../../setup.ts';
import { emptyRow, gapText, ownRow, type RelativeOptions, relativeRows, rowIndices } from './rows.ts';

const everything = { ahead: 3, behind: 3, names: true, arrivals: true, pits: true };
const car = (change: Partial<RelativeCar>): RelativeCar => ({
  index: 1,
  number: '7',
  name: 'Ada Lane',
  className: 'GT3',
  classColour: 0x56b4e9,
  classPosition: 4,
  gapS: 1,
  lapsAhead: 0,
  inPits: false,
  arrivesInS: null,
  ...change,
});
const own = { number: '012', className: 'GT4', classColour: null, classPosition: null };
const rowsOf = (from: RelativeMessage, options: RelativeOptions) =>
  relativeRows(from, options, defaultSetup.locale);
const message = (...cars: RelativeCar[]): RelativeMessage => ({ type: 'relative', own, cars });

test('our own car is in the middle, the nearest ones stand next to it', () => {
  const gaps = [31, 12, 4.4, 1.26, -0.4, -9.99];
  const rows = rowsOf(message(...gaps.map((gapS) => car({ gapS }))), everything);
  const shown = ['+12.0', '+4.4', '+1.3', '', '\u22120.4', '\u221210.0', ''];
  expect(rows.map(({ gap }) => gap)).toEqual(shown);
  expect(rows[ownRow]).toMatchObject({ kind: 'own', number: '#012', position: '', classColour: -1 });
  expect(rows[6]).toEqual(emptyRow);
});

test('as many cars as were asked for, on each side', () => {
  const cars = [2, 1, -1, -2].map((gapS) => car({ gapS }));
  const rows = rowsOf(message(...cars), { ...everything, ahead: 1, behind: 3 });
  expect(rows.map(({ kind }) => kind).join(' ')).toBe('empty empty car own car car empty');
});

test('names and cars in the pits are shown where they are wanted', () => {
  const near = message(car({ gapS: -3, arrivesInS: 6.2 }), car({ gapS: -4, inPits: true }));
  const behind = (change: object) => rowsOf(near, { ...everything, ...change }).slice(ownRow + 1);
  expect(behind({})).toMatchObject([{ name: 'Ada Lane', arrivesInS: 7 }, { inPits: true }, {}]);
  expect(behind({ names: false })[0]).toMatchObject({ name: '', number: '#7' });
  expect(behind({ arrivals: false })[0]?.arrivesInS).toBe(-1);
  expect(behind({ pits: false })[1]).toEqual(emptyRow);
});

test('gaps keep to their width', () => {
  expect([0.04, -0.04, 0.05, 99.94, 99.96, -250.6].map(gapText)).toEqual([
    '0.0',
    '0.0',
    '+0.1',
    '+99.9',
    '+100',
    '\u2212251',
  ]);
});

test('any message gives rows that fit, sorted', () => {
  const anyCar = fc.record({
    index: fc.nat(63),
    number: fc.string({ maxLength: 4 }),
    name: fc.string({ maxLength: 60 }),
    className: fc.string({ maxLength: 30 }),
    classColour: fc.option(fc.nat(0xffffff)),
    classPosition: fc.option(fc.integer({ min: 1, max: 64 })),
    gapS: fc.double({ min: -300, max: 300, noNaN: true }),
    lapsAhead: fc.integer({ min: -200, max: 200 }),
    inPits: fc.boolean(),
    arrivesInS: fc.option(fc.double({ min: -5, max: 90, noNaN: true })),
  });
  const wanted = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(fc.array(anyCar, { maxLength: 64 }), wanted, wanted, (cars, ahead, behind) => {
      const rows = rowsOf(message(...cars), { ...everything, ahead, behind });
      expect(rows).toHaveLength(rowIndices.length);
      expect(rows[ownRow]?.kind).toBe('own');
      const gaps = rows
        .filter(({ kind }) => kind !== 'empty')
        .map(({ gap }) => Number(gap.replace('\u2212', '-')));
      expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
      const shown = (from: number, to: number) => rows.slice(from, to).map(({ kind }) => kind === 'car');
      // No hole between our own car and the last one that is shown.
      expect(shown(0, ownRow)).toEqual([...shown(0, ownRow)].sort());
      expect(shown(ownRow + 1, 7)).toEqual([...shown(ownRow + 1, 7)].sort().reverse());
      const inFront = cars.filter(({ gapS }) => gapS > 0).length;
      expect(shown(0, ownRow).filter(Boolean)).toHaveLength(Math.min(inFront, ahead));
      expect(shown(ownRow + 1, 7).filter(Boolean)).toHaveLength(Math.min(cars.length - inFront, behind));
      for (const { gap, laps, arrivesInS } of rows) {
        expect(gap.length).toBeLessThanOrEqual(5);
        expect(Math.abs(laps)).toBeLessThanOrEqual(9);
        expect(arrivesInS).toBeGreaterThanOrEqual(-1);
      }
    }),
  );
});
