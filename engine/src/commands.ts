/** The table of commands, in the order of the help. One row here is all that a command needs to be found, parsed and helped with. */
import type { Command } from './cli/command.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { compareCommand } from './commands/compare.ts';
import { convertCommand } from './commands/convert.ts';
import { laterCommands } from './commands/later.ts';
import { simulateCommand } from './commands/simulate.ts';

export const commands: Command[] = [
  analyzeCommand,
  compareCommand,
  convertCommand,
  simulateCommand,
  ...laterCommands,
];
