/**
 * What a command is. The table of commands (`commands.ts`) is the one list; parsing and help are made from it.
 *
 * A command works in two stages: `prepare` looks at what was typed, has no side effects and notes every problem; what it returns is run
 * only when no problem was noted.
 */
import type { DataDir } from '../data/data-dir.ts';
import type { NativeAddon } from '../native.ts';
import type { Terminal } from './terminal.ts';

export interface OptionSpec {
  /** Long name without dashes. */
  name: string;
  /** What stands for the value in help; absent for a switch. */
  value?: string;
  text: string;
}

/** What was typed: checked against the table, not yet understood. */
export interface TypedArguments {
  words: string[];
  values: ReadonlyMap<string, string>;
  switches: ReadonlySet<string>;
}

/** What a running command may touch. */
export interface Context {
  terminal: Terminal;
  dataDir: DataDir;
  /** `--json`: one document on standard output and nothing else there. */
  json: boolean;
  /** Aborted by Ctrl-C or SIGTERM. Asking for it is the promise to finish tidily; a command that never asks is ended at once. */
  readonly stopped: AbortSignal;
  native(): Promise<NativeAddon>;
}

/** Resolves to the exit status: 0 done, 1 failed, 2 wrong usage, after having said why. A thrown `CodedError` is printed and ends with 1 or 2. */
export type Action = (context: Context) => Promise<0 | 1 | 2>;

export interface Command {
  name: string;
  /** One line, for the list of commands. */
  summary: string;
  /** What follows `racing-coach <name>`; one line each. */
  usage: string[];
  /** What a person should know, in paragraphs. */
  text: string[];
  options: OptionSpec[];
  examples: string[];
  /** Whether `--json` is offered, and what it prints. */
  json?: string;
  /** Anything may follow: for commands that come later. */
  anyArguments?: boolean;
  prepare(typed: TypedArguments, problems: string[]): Action;
}
