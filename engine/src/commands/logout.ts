/** `logout`: the token is taken back and forgotten. Laps stay. */
import type { Command, Context } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import { forgetServerLogin, readServerLogin } from '../data/server-login.ts';
import { nudgeEngine } from '../sync/engine-sync.ts';
import { revokeToken } from '../sync/revoke-token.ts';

export const logoutCommand: Command = {
  name: 'logout',
  summary: 'sign out of the server; every lap stays',
  usage: ['[--json]'],
  text: [
    'Takes this machine’s token back on the server and forgets it here. Laps stay on both sides; new ones wait for the next login.',
  ],
  options: [],
  examples: ['racing-coach logout'],
  json: 'Print { "server", "revoked" }; server is null when there was none.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    return logout;
  },
};

async function logout(context: Context): Promise<0> {
  const { dataDir, terminal, json, stopped } = context;
  const login = readServerLogin(dataDir);
  if (login === null) {
    terminal.print(json ? JSON.stringify({ server: null, revoked: false }) : 'No server was signed in to.');
    return 0;
  }
  const problem = login.token === null ? null : await revokeToken(login, stopped);
  forgetServerLogin(dataDir);
  await nudgeEngine(dataDir);
  const revoked = problem === null;
  if (!revoked)
    terminal.tell(
      `The token could not be taken back: ${problem} Remove this device in your account on ${login.url}.`,
    );
  terminal.print(
    json ? JSON.stringify({ server: login.url, revoked }) : `Signed out of ${login.url}. Your laps stay.`,
  );
  return 0;
}
