/**
 * Passwords that somebody who guesses would try among the first: long ones too. Length is asked by the schema; this is what length does not see.
 * After NIST SP 800-63B, 3.1.1.2: no rules about kinds of characters, but no expected ones, repetitions or names of the account.
 */
import { ProblemError } from '../problem-error.ts';

/** What long passwords that many people have begin with, once digits and signs at the end are gone. */
const expected = [
  'password',
  'passwort',
  'motdepasse',
  'contrasena',
  'qwertyuiop',
  'qwertyuiopasdfghjkl',
  'azertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'letmeinplease',
  'iloveyou',
  'administrator',
  'changeme',
  'welcome',
  'football',
  'racingcoach',
  'iracing',
];
const runs = ['1234567890', '0123456789', '0987654321', '9876543210', 'abcdefghij', 'zyxwvutsrq'];
const fewestDifferent = 5;
/** Shorter parts of a name are in many words. */
const shortestName = 4;

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/**
 * @param names of the account: address and name, as far as they are known
 * @throws ProblemError `weak-password`
 */
export function refuseWeakPassword(password: string, names: readonly string[] = []): void {
  const text = plain(password);
  const words = text.replaceAll(/[\W\d_]+/g, '');
  const repeated = /^(.{1,6})\1+.{0,3}$/s.test(text);
  const few = new Set(text).size < fewestDifferent;
  const run = text.length <= 16 && runs.some((one) => text.includes(one));
  if (repeated || few || run || expected.some((one) => words === one || words === one + one)) refuse();
  const parts = names.flatMap((name) => [name.split('@')[0] ?? '', ...name.split(/[\s@.]+/)]).map(plain);
  // What is left of it when the names are gone has to be one by itself.
  const rest = parts
    .filter((part) => part.length >= shortestName)
    .reduce((left, part) => left.replaceAll(part, ''), text);
  if (rest.length < text.length && rest.length < 8) refuse();
}

function refuse(): never {
  throw new ProblemError('weak-password');
}
