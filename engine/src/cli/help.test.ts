import { expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { commandHelp, overview } from './help.ts';

test('the overview lists every command', () => {
  for (const command of commands) expect(overview(commands)).toContain(command.name);
});

test.each(commands.map((command) => [command.name, command] as const))('help of %s', (name, command) => {
  const help = commandHelp(command);
  expect(help).toContain(`racing-coach ${name}`);
  for (const option of command.options) expect(help).toContain(`--${option.name}`);
  expect(help.split('\n').every((line) => line.length <= 130)).toBe(true);
  if (command.anyArguments) return;
  expect(command.text.join(' ').length).toBeGreaterThan(80);
  expect(command.examples.length).toBeGreaterThan(0);
});
