/** The table of commands, in the order of the help. One row here is all that a command needs to be found, parsed and helped with. */
import type { Command } from './cli/command.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { benchCommand } from './commands/bench.ts';
import { compareCommand } from './commands/compare.ts';
import { convertCommand } from './commands/convert.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { importCommand } from './commands/import.ts';
import { laterCommands } from './commands/later.ts';
import { loginCommand } from './commands/login.ts';
import { logoutCommand } from './commands/logout.ts';
import { recordCommand } from './commands/record.ts';
import { referenceCommand } from './commands/reference.ts';
import { replayCommand } from './commands/replay.ts';
import { serverCommand } from './commands/server.ts';
import { simulateCommand } from './commands/simulate.ts';
import { startCommand } from './commands/start.ts';
import { syncCommand } from './commands/sync.ts';
import { tokenCommand } from './commands/token.ts';

export const commands: Command[] = [
  demoCommand,
  startCommand,
  replayCommand,
  recordCommand,
  analyzeCommand,
  compareCommand,
  importCommand,
  referenceCommand,
  convertCommand,
  simulateCommand,
  doctorCommand,
  tokenCommand,
  loginCommand,
  logoutCommand,
  syncCommand,
  serverCommand,
  benchCommand,
  ...laterCommands,
];
