import { expect, test } from 'vitest';
import { engineWords } from './engine-words.ts';

test.each([
  [[], ['start', '--json', '--no-open']],
  [['--demo'], ['demo', '--json', '--no-open']],
  [
    ['--hidden', 'racing-coach.exe'],
    ['start', '--json', '--no-open'],
  ],
])('%j starts an engine that opens no browser', (argv, words) => {
  expect(engineWords(argv)).toEqual(words);
});
