import { expect, test } from 'vitest';
import { deltaText, kmhFromMps, lapTimeText } from './number-text.ts';

test.each([
  [0, '0.00'],
  [7, '+0.07'],
  [-32, '\u22120.32'],
  [1234, '+12.3'],
  [-1000, '\u221210.0'],
])('delta of %i hundredths', (hundredths, text) => {
  expect(deltaText(hundredths)).toBe(text);
});

test.each([
  [91.204, '1:31.204'],
  [60, '1:00.000'],
  [59.9996, '1:00.000'],
  [128.0504, '2:08.050'],
])('lap of %f s', (lapTimeS, text) => {
  expect(lapTimeText(lapTimeS)).toBe(text);
});

test('speed in km/h', () => {
  expect(kmhFromMps(27.5)).toBe(99);
});
