import { expect, test } from 'vitest';
import { deltaText, lapTimeText, table } from './format.ts';
import { parseFileLap, parseLapChoice } from './readers.ts';

test('lap times round before they are split, so that there is no 60.000', () => {
  expect(lapTimeText(59.9996)).toBe('1:00.000');
  expect(lapTimeText(93.4567)).toBe('1:33.457');
  expect(lapTimeText(null)).toBe('-');
  expect(lapTimeText(Number.NaN)).toBe('-');
});

test('deltas have a sign unless they are nothing', () => {
  expect([0.1234, -0.1, 0.0001, -0.0001, null].map(deltaText)).toEqual([
    '+0.123',
    '-0.100',
    '0.000',
    '0.000',
    '-',
  ]);
});

test('table columns align', () => {
  expect(
    table(
      ['name', '>n'],
      [
        ['a', '1'],
        ['long', '22'],
      ],
    ),
  ).toEqual(['name   n', 'a      1', 'long  22']);
});

test('laps are named [STINT:]N, and FILE#LAP splits at the last #', () => {
  expect(parseLapChoice('2:7')).toEqual({ stint: 2, lap: 7 });
  expect(parseLapChoice('7')).toEqual({ stint: null, lap: 7 });
  expect(parseLapChoice('-7')).toBeNull();
  expect(parseFileLap('a#b.ibt#1:2')).toEqual({ file: 'a#b.ibt', stint: 1, lap: 2 });
  expect(parseFileLap('#2')).toBeNull();
  expect(parseFileLap('file.ibt')).toBeNull();
});
