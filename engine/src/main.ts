/**
 * The process around a command: arguments in, exit status out. Exit 0 done, 1 failed with one clear line, 2 wrong usage. With `--json` a
 * failure is a document as well, `{ "error": { code, message } }`, so that a script always finds one document on standard output.
 */
import { CodedError } from '@racing-coach/contract';
import type { Context } from './cli/command.ts';
import { commandHelp, overview } from './cli/help.ts';
import { Interrupts } from './cli/interrupts.ts';
import { type Parsed, parse } from './cli/parse.ts';
import { Terminal } from './cli/terminal.ts';
import { commands } from './commands.ts';
import { DataDir } from './data/data-dir.ts';
import { loadNative } from './native.ts';
import { version } from './version.ts';

type Run = Extract<Parsed, { kind: 'run' }>;
type Usage = Extract<Parsed, { kind: 'usage' }>;

/** Runs a command line and ends the process with its exit status. */
export async function main(argv: string[]): Promise<void> {
  // A reader that has seen enough (`| head`) closes the pipe: that is no failure of ours.
  const lost = (error: NodeJS.ErrnoException): void => process.exit(error.code === 'EPIPE' ? 0 : 1);
  process.stdout.on('error', lost);
  const terminal = new Terminal(process.stdout, process.stderr, process.env);
  const status = await runArguments(argv, terminal);
  // Waits for the pipe to take everything, then ends even if an addon thread or a socket would linger.
  process.stdout.write('', (error) => (error ? lost(error) : process.exit(status)));
}

/** As {@link main}, without ending the process. */
export async function runArguments(argv: string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const parsed = parse(argv, commands);
  switch (parsed.kind) {
    case 'help':
      terminal.print((parsed.command === null ? overview(commands) : commandHelp(parsed.command)).trimEnd());
      return 0;
    case 'version':
      terminal.print(`racing-coach ${version()}`);
      return 0;
    case 'usage':
      return tellUsage(parsed, terminal);
    case 'run':
      return runCommand(parsed, terminal);
  }
}

function tellUsage({ command, problems, json }: Usage, terminal: Terminal): 2 {
  for (const problem of problems) terminal.tell(`racing-coach: ${problem}`);
  terminal.tell(`See: racing-coach ${command === null ? '--help' : `${command.name} --help`}`);
  if (json) terminal.print(JSON.stringify({ error: new CodedError('usage', { cause: problems.join(' ') }) }));
  return 2;
}

/** What was typed names something that does not exist; it needs the native part's lists to know. */
const wrongUsage = new Set<string>(['usage', 'track-not-found', 'preset-not-found', 'mistakes-bad']);

async function runCommand({ action, json, dataDir }: Run, terminal: Terminal): Promise<0 | 1 | 2> {
  const interrupts = new Interrupts();
  try {
    const context: Context = {
      terminal,
      json,
      dataDir: new DataDir(dataDir, process.env),
      get stopped() {
        return interrupts.signal;
      },
      native: loadNative,
    };
    return await action(context);
  } catch (thrown) {
    const error = CodedError.from(thrown);
    terminal.tell(`racing-coach: ${error.message}`);
    if (error.code === 'internal' && process.env['RACING_COACH_DEBUG'] && thrown instanceof Error)
      terminal.tell(thrown.stack ?? '');
    if (json) terminal.print(JSON.stringify({ error }));
    return wrongUsage.has(error.code) ? 2 : 1;
  } finally {
    interrupts.release();
  }
}
