import { expect, test } from 'vitest';
import { bar, Progress } from './progress.ts';
import { Terminal } from './terminal.ts';

function terminal(isTTY: boolean, env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const sink = (into: string[]) => ({ write: (text: string) => into.push(text), isTTY });
  return { out, err, terminal: new Terminal(sink(out), sink(err), env) };
}

test('results go to standard output and messages to standard error', () => {
  const { out, err, terminal: t } = terminal(false);
  t.print('result');
  t.tell('message');
  expect(out).toEqual(['result\n']);
  expect(err).toEqual(['message\n']);
});

test('colour needs a terminal and no NO_COLOR', () => {
  expect(terminal(true).terminal.paint('red', 'x')).toContain('\u001b[');
  expect(terminal(true, { NO_COLOR: '1' }).terminal.paint('red', 'x')).toBe('x');
  expect(terminal(false).terminal.paint('red', 'x')).toBe('x');
});

test('a progress bar is drawn on a terminal only, and a message takes it away first', () => {
  const quiet = terminal(false);
  new Progress(quiet.terminal, 'Working').show(0.5);
  expect(quiet.err).toEqual([]);
  const seen = terminal(true);
  new Progress(seen.terminal, 'Working').show(0.5);
  expect(seen.err.join('')).toContain('50 %');
  seen.terminal.print('done');
  expect(seen.err.at(-1)).toBe('\r\u001b[2K');
});

test('a bar clamps what is not a fraction', () => {
  expect(bar(Number.NaN)).toContain('  0 %');
  expect(bar(7)).toContain('100 %');
  expect(bar(-1)).toContain('  0 %');
});
