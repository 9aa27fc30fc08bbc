/** The code that a person types: consonants alone, so that no word comes out of it and none is mistaken for a digit (RFC 8628, section 6.1). */
import { randomInt } from 'node:crypto';

const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** 20^8, about 34 bits: enough for a quarter of an hour with few guesses. Without its dash. */
export const newUserCode = (): string =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

export const plainUserCode = (typed: string): string => typed.replace('-', '').toUpperCase();
export const shownUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
