/** Help texts, made from the table of commands. */
import type { Command } from './command.ts';
import { optionsOf } from './parse.ts';

/** Columns for wrapped text: fits a terminal of 80 and stays readable on a wide one. */
const width = 78;

/** The list of commands. */
export function overview(commands: Command[]): string {
  const now = commands.filter((command) => !command.anyArguments);
  const later = commands.filter((command) => command.anyArguments).map((command) => command.name);
  return [
    'Racing Coach: a live coach for sim racers.',
    '',
    'Usage: racing-coach <command> [options]',
    '',
    'Commands:',
    ...rows(now.map((command) => [command.name, command.summary])),
    '',
    ...wrap(`Not part of this version yet: ${later.join(', ')}.`, ''),
    '',
    'racing-coach <command> --help tells more about one command.',
    'racing-coach demo is the place to start.',
    '',
  ].join('\n');
}

/** Everything about one command. */
export function commandHelp(command: Command): string {
  // A line that begins with blanks continues the one before.
  const usage = command.usage.map((line) =>
    line.startsWith(' ') ? `  ${line}` : `  racing-coach ${command.name} ${line}`.trimEnd(),
  );
  const options = optionsOf(command).map((spec): [string, string] => [
    `--${spec.name}${spec.value === undefined ? '' : ` ${spec.value}`}`,
    spec.text,
  ]);
  return [
    `racing-coach ${command.name}: ${command.summary}`,
    '',
    'Usage:',
    ...usage,
    '',
    ...command.text.flatMap((paragraph) => [...wrap(paragraph, ''), '']),
    'Options:',
    ...rows(options),
    '',
    ...(command.examples.length === 0
      ? []
      : ['Examples:', ...command.examples.map((line) => `  ${line}`), '']),
  ].join('\n');
}

/** Two columns; the second wraps. */
function rows(pairs: [string, string][]): string[] {
  const first = Math.max(...pairs.map(([name]) => name.length));
  return pairs.flatMap(([name, text]) => {
    const [head = '', ...more] = wrap(text, ' '.repeat(first + 4));
    return [`  ${name.padEnd(first)}  ${head.trimStart()}`, ...more];
  });
}

/** Breaks a paragraph into lines that all begin with `indent`. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
