/** What follows `racing-coach server`: looked at without side effects, with every problem noted. */
import { parseArgs } from 'node:util';

export const commands = ['serve', 'migrate', 'create-admin', 'rebuild-telemetry'] as const;
export type ServerCommand = (typeof commands)[number];

export interface TypedArguments {
  command: ServerCommand;
  help: boolean;
  json: boolean;
  port: number | undefined;
  dataDir: string | undefined;
}

const options = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

export function readArguments(words: string[]): { typed: TypedArguments; problems: string[] } {
  const { tokens, values } = parseArgs({
    args: words,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: string[] = [];
  const names = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (!(token.name in options)) problems.push(`There is no option ${token.rawName}.`);
    else if (options[token.name as keyof typeof options].type === 'string' && !token.value)
      problems.push(`${token.rawName} needs a value.`);
  }
  const command = commandOf(names, problems);
  const port = typeof values.port === 'string' ? Number(values.port) : undefined;
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535))
    problems.push('--port is a whole number from 0 to 65535.');
  const dataDir = typeof values['data-dir'] === 'string' ? values['data-dir'] : undefined;
  return {
    typed: { command, help: values.help === true, json: values.json === true, port, dataDir },
    problems,
  };
}

function commandOf([name, ...more]: string[], problems: string[]): ServerCommand {
  const command = commands.slice(1).find((known) => known === name);
  if (name !== undefined && command === undefined)
    problems.push(`server ${name}: ${commands.slice(1).join(', ')} or nothing is meant.`);
  if (more.length > 0) problems.push(`${more.join(' ')}: one command at a time.`);
  return command ?? 'serve';
}
