/** `login`: this machine gets a token of a server, by a code that its owner types there. */
import { setTimeout as wait } from 'node:timers/promises';
import { CodedError } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { keepServerLogin, readServerLogin, type ServerLogin } from '../data/server-login.ts';
import { showInBrowser } from '../play/open-browser.ts';
import { nudgeEngine } from '../sync/engine-sync.ts';
import { type PairingStarted, pairDevice, thisDeviceName } from '../sync/pair-device.ts';
import { revokeToken } from '../sync/revoke-token.ts';
import { ServerRequests } from '../sync/server-requests.ts';
import { serverOrigin, serverUrlProblem } from '../sync/server-url.ts';

export const loginCommand: Command = {
  name: 'login',
  summary: 'sign in to a server, which then gets your laps',
  usage: ['[URL] [--name DEVICE] [--no-open] [--json]'],
  text: [
    'Prints a code and an address; open it in a browser, sign in there and type the code. From then on this machine’s laps are sent to that server whenever you do not drive. Without URL it is the server of the last login.',
    'The token that this machine gets may send laps and fetch references and nothing else. It is kept in the data directory, where this user alone can read it.',
  ],
  options: [
    {
      name: 'name',
      value: 'DEVICE',
      text: 'What the server calls this machine; its host name when left out.',
    },
    { name: 'no-open', text: 'Do not open a browser.' },
  ],
  examples: ['racing-coach login https://laps.example.org', 'racing-coach login http://127.0.0.1:8080'],
  json: 'Print { "server", "user" }; the code is told on standard error.',
  prepare(typed, problems) {
    const [url, ...more] = typed.words;
    for (const word of more) problems.push(`${word} is one word too many.`);
    const problem = url === undefined ? null : serverUrlProblem(url);
    if (problem !== null) problems.push(problem);
    const deviceName = typed.values.get('name') ?? thisDeviceName();
    if (!/^\P{Cc}{1,80}$/u.test(deviceName)) problems.push('--name must be one line of at most 80 letters.');
    const open = !typed.switches.has('no-open');
    return (context) => login({ url, deviceName, open }, context);
  },
};

interface LoginRequest {
  /** Undefined: that of the last login. */
  url: string | undefined;
  deviceName: string;
  open: boolean;
}

async function login({ url: typed, deviceName, open }: LoginRequest, context: Context): Promise<0> {
  const { dataDir, terminal, stopped } = context;
  const before = readServerLogin(dataDir);
  const address = typed ?? before?.url;
  if (address === undefined) throw new CodedError('not-signed-in');
  const url = serverOrigin(address);
  const requests = new ServerRequests({ url, token: null, stopped, now: () => new Date() });
  const paired = await pairDevice({
    requests,
    deviceName,
    show: (started) => show(started, open, context),
    wait: (ms) => wait(ms, undefined, { signal: stopped }),
    nowMs: () => performance.now(),
  });
  const { token, deviceId, userName } = paired;
  keepServerLogin(dataDir, { url, token, deviceId, userName });
  if (before !== null) await forget(before, stopped);
  await nudgeEngine(dataDir);
  terminal.print(
    context.json
      ? JSON.stringify({ server: url, user: userName })
      : `Signed in to ${url} as ${userName}. Your laps are sent whenever you do not drive; racing-coach sync sends them now.`,
  );
  return 0;
}

function show(
  { userCode, verificationUri, verificationUriComplete }: PairingStarted,
  open: boolean,
  context: Context,
): void {
  context.terminal.tell(`Open ${verificationUri} and type this code: ${userCode}`);
  context.terminal.tell('Waiting for you there. Ctrl-C ends it.');
  if (open && /^https?:\/\//.test(verificationUriComplete))
    void showInBrowser(verificationUriComplete, context);
}

/** The token of the last login is of no use any more. Not being able to say so there is no failure. */
async function forget(before: ServerLogin, stopped: AbortSignal): Promise<void> {
  if (before.token !== null) await revokeToken(before, stopped);
}
