/** `token`: the installation's token for its pages. */
import type { Command } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import { ensureToken, rotateToken } from '../data/token.ts';

export const tokenCommand: Command = {
  name: 'token',
  summary: 'show or replace the token that pages need',
  usage: ['show|rotate [--json]'],
  text: [
    'The HUD’s address carries a token of 128 bits, so that no other web page and no other user of this machine can read your telemetry. It is made once and kept, so that an address pasted into OBS goes on working.',
    'rotate makes a new one: addresses with the old one stop working at the next start. Do that when an address was seen on stream.',
  ],
  options: [],
  examples: ['racing-coach token show', 'racing-coach token rotate'],
  json: 'Print { "token" }.',
  prepare(typed, problems) {
    const [verb = ''] = readWords(typed, ['show or rotate'], problems);
    if (verb !== '' && verb !== 'show' && verb !== 'rotate')
      problems.push(`token ${verb}: show or rotate is meant.`);
    return async ({ dataDir, terminal, json }) => {
      const token = verb === 'rotate' ? rotateToken(dataDir) : ensureToken(dataDir);
      terminal.print(json ? JSON.stringify({ token }) : token);
      return 0;
    };
  },
};
