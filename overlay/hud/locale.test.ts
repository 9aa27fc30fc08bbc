import { expect, test } from 'vitest';
import { Locale } from './locale.ts';

const english = new Locale({ language: 'en', units: 'metric' });
const imperial = new Locale({ language: 'en', units: 'imperial' });
const german = new Locale({ language: 'de', units: 'metric' });

test.each([
  ['speed', 27.5, '99', '62'],
  ['distance', 100, '100', '328'],
  ['volume', 60, '60', '16'],
  ['temperature', 85, '85', '185'],
  ['pressure', 165, '165', '24'],
] as const)('%s in both systems', (quantity, si, metric, other) => {
  expect([english.quantity(quantity, si), imperial.quantity(quantity, si)]).toEqual([metric, other]);
  expect(english.unit(quantity)).not.toBe(imperial.unit(quantity));
});

test('numbers have the language’s decimal sign', () => {
  expect(german.delta(-7)).toBe('\u22120,07');
  expect(german.lapTime(91.204)).toBe('1:31,204');
  expect(english.quantity('volume', 12.34, 1)).toBe('12.3');
});

test('corners are named in the language', () => {
  expect(english.corner({ name: 'Quarry', id: 't1' })).toBe('Quarry');
  expect(english.corner({ name: null, id: 't6a' })).toBe('Turn 6A');
  expect(german.corner({ name: null, id: 'T6' })).toBe('Kurve 6');
  expect(german.corner({ name: null, id: 's3' })).toBe('S3');
});
