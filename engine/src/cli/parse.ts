/**
 * From words to a command: the first stage, without side effects. It notes every problem it finds, not just the first, because a user who
 * mistyped two options should not have to run twice.
 */
import { parseArgs } from 'node:util';
import type { Action, Command, OptionSpec, TypedArguments } from './command.ts';

/** Options that every command takes. */
export const commonOptions: OptionSpec[] = [
  { name: 'data-dir', value: 'DIR', text: 'Keep laps, references and settings in DIR.' },
  { name: 'help', text: 'Show this help.' },
];

export type Parsed =
  | { kind: 'help'; command: Command | null }
  | { kind: 'version' }
  | { kind: 'run'; command: Command; action: Action; json: boolean; dataDir: string | undefined }
  | { kind: 'usage'; command: Command | null; problems: string[]; json: boolean };

/** All options that a command understands, `--json` among them where it is offered. */
export function optionsOf(command: Command): OptionSpec[] {
  const json = command.json === undefined ? [] : [{ name: 'json', text: command.json }];
  return [...command.options, ...json, ...commonOptions];
}

export function parse(argv: string[], commands: Command[]): Parsed {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help', command: null };
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first === 'help') return helpFor(rest[0], commands);
  const command = commands.find((row) => row.name === first);
  const json = rest.includes('--json');
  if (command === undefined)
    return { kind: 'usage', command: null, json, problems: [unknownCommand(first, commands)] };
  return parseCommand(command, rest, json);
}

function helpFor(name: string | undefined, commands: Command[]): Parsed {
  const command = commands.find((row) => row.name === name) ?? null;
  if (name === undefined || command !== null) return { kind: 'help', command };
  return { kind: 'usage', command: null, json: false, problems: [unknownCommand(name, commands)] };
}

function parseCommand(command: Command, words: string[], json: boolean): Parsed {
  const problems: string[] = [];
  const typed = readWords(command, words, problems);
  if (typed.switches.has('help')) return { kind: 'help', command };
  const action = command.prepare(typed, problems);
  if (problems.length > 0) return { kind: 'usage', command, problems, json };
  return {
    kind: 'run',
    command,
    action,
    json: typed.switches.has('json'),
    dataDir: typed.values.get('data-dir'),
  };
}

/** `parseArgs` splits words into tokens; what they mean is checked here, so that all problems are noted. */
function readWords(command: Command, words: string[], problems: string[]): TypedArguments {
  const specs = new Map(optionsOf(command).map((spec) => [spec.name, spec]));
  const options = Object.fromEntries(
    [...specs.values()].map((spec) => [
      spec.name,
      spec.name === 'help'
        ? { type: 'boolean' as const, short: 'h' }
        : { type: spec.value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({ args: words, options, strict: false, allowPositionals: true, tokens: true });
  const typed = { words: [] as string[], values: new Map<string, string>(), switches: new Set<string>() };
  for (const token of tokens) {
    if (token.kind === 'positional') typed.words.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specs.get(token.name);
    if (spec === undefined) {
      if (!command.anyArguments) problems.push(unknownOption(token.rawName, specs));
    } else if (spec.value === undefined) {
      if (token.value !== undefined) problems.push(`${token.rawName} takes no value.`);
      typed.switches.add(spec.name);
    } else if (token.value === undefined || token.value === '') {
      problems.push(`${token.rawName} needs a value: ${token.rawName} ${spec.value}.`);
    } else if (typed.values.has(spec.name)) {
      problems.push(`${token.rawName} is given twice.`);
    } else typed.values.set(spec.name, token.value);
  }
  return typed;
}

function unknownCommand(name: string, commands: Command[]): string {
  const near = nearest(
    name,
    commands.map((row) => row.name),
  );
  return `There is no command ${name}.${near === null ? '' : ` Did you mean ${near}?`}`;
}

function unknownOption(rawName: string, specs: ReadonlyMap<string, OptionSpec>): string {
  const near = nearest(rawName.replace(/^-+/, ''), [...specs.keys()]);
  return `There is no option ${rawName}.${near === null ? '' : ` Did you mean --${near}?`}`;
}

/** The candidate at most two edits away, or null: further away a suggestion is a guess. */
function nearest(word: string, candidates: string[]): string | null {
  let best: string | null = null;
  let bestEdits = 3;
  for (const candidate of candidates) {
    const edits = editDistance(word, candidate);
    if (edits < bestEdits) [best, bestEdits] = [candidate, edits];
  }
  return best;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
