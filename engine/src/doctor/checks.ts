/** What the doctor looks at: one row of the table for each thing, and each row answers for itself. */
import { accessSync, constants, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CodedError } from '@racing-coach/contract';
import Database from 'better-sqlite3';
import type { Context } from '../cli/command.ts';
import { announcedPort } from '../data/engine-lock.ts';
import { firstPort, readPort } from '../data/port.ts';
import { readToken } from '../data/token.ts';
import { pagesFolder } from '../pages-folder.ts';
import { version } from '../version.ts';
import type { Finding } from './finding.ts';

type Look = (context: Context) => Omit<Finding, 'name'> | Promise<Omit<Finding, 'name'>>;

const good = (text: string) => ({ state: 'good' as const, text });
const so = (text: string) => ({ state: 'so' as const, text });
const bad = (text: string) => ({ state: 'bad' as const, text });

const checks: [name: string, look: Look][] = [
  [
    'version',
    () =>
      good(
        `Racing Coach ${version()} on Node ${process.versions.node}, ${process.platform} ${process.arch}.`,
      ),
  ],
  ['native part', lookAtNative],
  ['data directory', ({ dataDir }) => lookAtDataDir(dataDir.path)],
  ['lap store', ({ dataDir }) => lookAtStore(dataDir.file('laps.db'))],
  [
    'token',
    ({ dataDir }) =>
      readToken(dataDir) === null ? so('Not made yet: the first start makes it.') : good('There is one.'),
  ],
  ['port', ({ dataDir }) => lookAtPort(readPort(dataDir) ?? firstPort, announcedPort(dataDir))],
  ['pages', lookAtPages],
  ['display', lookAtDisplay],
  ['sim', lookAtSim],
];

/** Looks at everything, in order. A look that fails unexpectedly is a finding, not the end. */
export async function lookAround(context: Context): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [name, look] of checks) {
    try {
      findings.push({ name, ...(await look(context)) });
    } catch (thrown) {
      findings.push({ name, ...bad(CodedError.from(thrown).message) });
    }
  }
  return findings;
}

async function lookAtNative({ native }: Context) {
  const { nowMs } = await native();
  return Number.isFinite(nowMs()) ? good('Loaded.') : bad('Its clock does not run. Run: npm run setup');
}

/** Without making it: its nearest existing parent says whether that would work. */
function lookAtDataDir(path: string) {
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch {
    return bad(`${path} cannot be written. Choose another folder with --data-dir.`);
  }
  return existing === path
    ? good(`${path} can be written.`)
    : so(`${path} does not exist yet and can be made.`);
}

function lookAtStore(path: string) {
  if (!existsSync(path)) return so('Empty: import a recording to begin one.');
  const database = new Database(path, { readonly: true });
  try {
    const row = database.prepare('SELECT count(*) AS laps FROM laps').get() as { laps: number };
    return good(`${row.laps} laps.`);
  } finally {
    database.close();
  }
}

/** @param own the port of the engine that runs in this data directory */
function lookAtPort(port: number, own: number | null): Promise<Omit<Finding, 'name'>> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () =>
      resolve(
        port === own
          ? good(`127.0.0.1:${port} is this coach's.`)
          : so(`${port} is taken: the next one would be used.`),
      ),
    );
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      probe.close(() => resolve(good(`127.0.0.1:${port} is free.`))),
    );
  });
}

function lookAtPages() {
  return existsSync(join(pagesFolder, 'hud', 'index.html'))
    ? good('The HUD is built.')
    : bad('The HUD is not built. Run: npm run build:pages');
}

function lookAtDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const has = process.platform === 'win32' || process.platform === 'darwin' || DISPLAY || WAYLAND_DISPLAY;
  return has ? good('There is one.') : so('None here: open the printed address on a machine that has one.');
}

function lookAtSim() {
  return process.platform === 'win32'
    ? good('iRacing is read on this machine; Gran Turismo 7 over the network.')
    : so(
        'iRacing can be read on Windows only. Here: a simulator’s map, and Gran Turismo 7 over the network.',
      );
}
