/** `token`: the installation's token for its pages. */
import type { Command } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import { ensureToken } from '../data/token.ts';
import { renewToken } from '../play/renew-token.ts';

const renewing = ['renew', 'rotate'];

export const tokenCommand: Command = {
  name: 'token',
  summary: 'show or replace the token that pages need',
  usage: ['show|renew [--json]'],
  text: [
    'The HUD’s address carries a token of 128 bits, so that no other web page and no other user of this machine can read your telemetry. It is made once and kept, so that an address pasted into OBS goes on working. The addresses for OBS carry one of their own, made from it, which opens nothing but what viewers may see.',
    'renew makes a new one: every page with an old address is closed at once, and in a running engine the new addresses work at once. Do that when an address was seen on stream, then paste the new one into OBS. rotate is another word for it.',
  ],
  options: [],
  examples: ['racing-coach token show', 'racing-coach token renew'],
  json: 'Print { "token" }.',
  prepare(typed, problems) {
    const [verb = ''] = readWords(typed, ['show or renew'], problems);
    if (verb !== '' && verb !== 'show' && !renewing.includes(verb))
      problems.push(`token ${verb}: show or renew is meant.`);
    return async ({ dataDir, terminal, json }) => {
      const token = renewing.includes(verb) ? await renewToken(dataDir) : ensureToken(dataDir);
      terminal.print(json ? JSON.stringify({ token }) : token);
      return 0;
    };
  },
};
