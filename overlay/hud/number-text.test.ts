import { expect, test } from 'vitest';
import { deltaText, fixedText, lapTimeText } from './number-text.ts';

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

test('fewer decimals round up to the next minute as well', () => {
  expect(lapTimeText(59.96, 1)).toBe('1:00.0');
  expect(lapTimeText(63.04, 0)).toBe('1:03');
});

test('the language’s decimal sign', () => {
  expect(deltaText(-32, ',')).toBe('\u22120,32');
  expect(lapTimeText(91.204, 2, ',')).toBe('1:31,20');
  expect(fixedText(12.25, 1, ',')).toBe('12,3');
});

test('a real minus, and none before zeros', () => {
  expect(fixedText(-3.5, 1)).toBe('\u22123.5');
  expect(fixedText(-0.04, 1)).toBe('0.0');
});
