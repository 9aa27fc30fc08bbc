import { expect, test } from 'vitest';
import { damageLines } from './tape-damage.ts';

const whole = { lostRows: 0, damagedBytes: 0, tornBytes: 0 };

test('a whole tape is nothing to speak of, and every kind of loss is said with its size', () => {
  expect(damageLines('a.tape', whole)).toEqual([]);
  expect(damageLines('a.tape', { ...whole, lostRows: 1 })).toEqual([
    'a.tape: 1 row is damaged and left out.',
  ]);
  expect(damageLines('a.tape', { lostRows: 30, damagedBytes: 88, tornBytes: 512 })).toEqual([
    'a.tape: 30 rows are damaged and left out.',
    'a.tape: it was cut short, and its last 512 bytes are left out: a second at most. Converting it to another .tape mends it.',
  ]);
  expect(damageLines('a.tape', { ...whole, damagedBytes: 7 })).toEqual([
    'a.tape: 7 bytes are damaged; no row is lost.',
  ]);
});
