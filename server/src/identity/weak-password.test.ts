import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refuseWeakPassword } from './weak-password.ts';

const names = ['ada.lovelace@team.example', 'Ada Lovelace'];
const weak = expect.objectContaining({ code: 'weak-password' });

test.each([
  'password1234',
  'Passwort!2026',
  'passwordpassword',
  'aaaaaaaaaaaa',
  'abababababab',
  'abc123abc123',
  '1234567890123',
  'abcdefghijkl',
  'Qwertyuiop12',
  'RacingCoach2026',
  'lovelace2026',
  'Ada.Lovelace1',
])('%s is one of the first that are tried', (password) => {
  expect(() => refuseWeakPassword(password, names)).toThrow(weak);
});

test.each([
  'correct horse battery staple',
  'wet kerb at turn nine',
  'xK4-vvQ9-mmP2',
  'lovelace rides a yellow bus',
])('%s is taken', (password) => {
  expect(() => refuseWeakPassword(password, names)).not.toThrow();
});

test('random ones are taken, seed 5', () => {
  const password = fc.string({ minLength: 12, maxLength: 40, unit: 'grapheme' });
  fc.assert(
    fc.property(password, (text) => {
      fc.pre(new Set(text.normalize('NFKD').toLowerCase()).size >= 9);
      fc.pre(/[^\W\d_]/.test(text));
      expect(() => refuseWeakPassword(text)).not.toThrow();
    }),
    { seed: 5, numRuns: 300 },
  );
});
