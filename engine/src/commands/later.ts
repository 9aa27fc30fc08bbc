/** Commands of the contract that later versions bring. They are listed, so that a script gets a clear answer instead of a guess. */
import { CodedError } from '@racing-coach/contract';
import type { Command } from '../cli/command.ts';

const later: [name: string, summary: string][] = [['evaluate', 'the coach against simulated drivers']];

export const laterCommands: Command[] = later.map(([name, summary]) => ({
  name,
  summary,
  usage: ['[...]'],
  text: ['This command is not part of this version yet; it answers with the error not-yet.'],
  options: [],
  examples: [],
  json: 'Print the answer as a JSON document.',
  anyArguments: true,
  prepare: () => () => {
    throw new CodedError('not-yet', { what: `racing-coach ${name}` });
  },
}));
