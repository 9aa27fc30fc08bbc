import { expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { parse } from './parse.ts';

const problemsOf = (line: string) => {
  const parsed = parse(line.split(' '), commands);
  return parsed.kind === 'usage' ? parsed.problems : [];
};

test('every problem is reported at once', () => {
  const problems = problemsOf('compare a.ibt b.ibt --lap first --frobnicate --data-dir');
  expect(problems).toHaveLength(5);
  expect(problems.join('\n')).toMatch(/--frobnicate[\s\S]*--data-dir needs a value[\s\S]*b\.ibt/);
  expect(problems.join('\n')).toMatch(/--reference is missing[\s\S]*--lap must be/);
});

test('a mistyped command or option gets a suggestion, a strange one does not', () => {
  expect(problemsOf('analize x.ibt')[0]).toContain('Did you mean analyze?');
  expect(problemsOf('analyze x.ibt --jsn')[0]).toContain('Did you mean --json?');
  expect(problemsOf('fly')[0]).toBe('There is no command fly.');
});

test('a value that looks like another option is refused, and so is a value for a switch', () => {
  expect(problemsOf('simulate --out')).toContain('--out needs a value: --out FILE.ibt.');
  expect(problemsOf('analyze x.ibt --json=yes')).toContain('--json takes no value.');
  expect(problemsOf('simulate --out a.ibt --out b.ibt')).toContain('--out is given twice.');
});

test('everything after -- is a file', () => {
  expect(parse(['analyze', '--', '--odd-name.ibt'], commands).kind).toBe('run');
});

test('common options are understood by every command and help wins over problems', () => {
  for (const command of commands) {
    expect(parse([command.name, '--nonsense', '--help'], commands).kind).toBe('help');
    expect(parse(['help', command.name], commands)).toMatchObject({ kind: 'help', command });
  }
  expect(parse(['analyze', 'x', '--data-dir', '/d', '--json'], commands)).toMatchObject({
    kind: 'run',
    json: true,
    dataDir: '/d',
  });
});
