/** `login`, `sync`, `logout` and `doctor` as a user types them, against a server that keeps the contract; beside an engine and without one. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncState } from '@racing-coach/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SqliteLapStore } from '../../engine/src/store/sqlite-lap-store.ts';
import { someLap, someSession } from '../../engine/src/store/testing/some-laps.ts';
import { ModelServer } from '../../engine/src/sync/testing/model-server.ts';
import { runCoach, type Serving, startCoach } from './racing-coach.ts';

let dataDir: string;
let server: ModelServer;
let engine: Serving | null;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'racing-coach-sync-'));
  server = await ModelServer.open();
  engine = null;
});
afterEach(async () => {
  await engine?.stop('SIGKILL');
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const coach = (...words: string[]) => runCoach(words, dataDir);
const login = () => coach('login', server.url, '--no-open');

function driveLaps(sessionId: string, ...laps: number[]): void {
  const store = new SqliteLapStore({ path: join(dataDir, 'laps.db'), now: new Date() });
  store.importSession(
    someSession(sessionId),
    laps.map((lap) => someLap(sessionId, lap)),
  );
  store.close();
}

test('login, sync, logout without an engine; the token is shown nowhere', { timeout: 60_000 }, async () => {
  driveLaps('s1', 1, 2, 3);
  expect(await coach('sync')).toMatchObject({
    status: 1,
    err: expect.stringContaining('racing-coach login URL'),
  });
  const signedIn = await login();
  expect(signedIn).toMatchObject({
    status: 0,
    out: expect.stringContaining(`Signed in to ${server.url} as Ada`),
  });
  expect(signedIn.err).toContain('BCDF-GHJK');
  expect(statSync(join(dataDir, 'server-login.json')).mode & 0o777).toBe(0o600);
  const dry = JSON.parse((await coach('sync', '--dry-run', '--json')).out);
  expect(dry.waiting.map(({ lapId }: { lapId: string }) => lapId)).toEqual(['s1-0-1', 's1-0-2', 's1-0-3']);
  expect(server.order).toEqual([]);
  server.fault = ({ path }) => (path.endsWith('/s1-0-2') ? 'lap-implausible' : null);
  const sent = await coach('sync');
  expect(sent).toMatchObject({ status: 0, out: expect.stringContaining('lap-implausible') });
  expect(server.order).toEqual(['s1', 's1-0-1', 's1-0-3']);
  expect((await coach('doctor')).out).toContain('waiting 0, refused 1');
  server.fault = () => null;
  const again = syncState.parse(JSON.parse((await coach('sync', '--again', '--json')).out).sync);
  expect(again).toMatchObject({ state: 'idle', waiting: 0, refused: 0 });
  const out = await coach('logout');
  expect(out).toMatchObject({ status: 0, out: expect.stringContaining('Your laps stay') });
  expect(server.token).toBe('revoked');
  expect(readdirSync(dataDir)).not.toContain('server-login.json');
  for (const { out: text, err } of [signedIn, sent, out]) expect(text + err).not.toContain('good-token');
});

test('a server that is away: status 1, what is in the way, and the laps wait', {
  timeout: 60_000,
}, async () => {
  driveLaps('s1', 1);
  await login();
  server.fault = () => 'unavailable';
  const { status, out } = await coach('sync');
  expect(status).toBe(1);
  expect(out).toContain('The database does not answer. Try again soon. 1 lap waits.');
});

test('a token that the server took back: status 1, and what to do', { timeout: 60_000 }, async () => {
  driveLaps('s1', 1);
  await login();
  server.token = 'another';
  const { status, out } = await coach('sync');
  expect(status).toBe(1);
  expect(out).toContain(`racing-coach login ${server.url}`);
  expect(readFileSync(join(dataDir, 'server-login.json'), 'utf8')).not.toContain('good-token');
});

test('a declined pairing, and addresses that laps may not go to', { timeout: 60_000 }, async () => {
  server.pairing = ['access_denied'];
  expect(await login()).toMatchObject({ status: 1, err: expect.stringContaining('declined') });
  for (const url of [
    'http://laps.example',
    'ftp://laps.example',
    'laps.example',
    'https://me:pw@laps.example',
  ])
    expect((await coach('login', url)).status).toBe(2);
  expect((await coach('login', 'http://laps.example')).err).toContain('https:// only');
});

test('beside an engine: its login is read at once, and sync goes through it', {
  timeout: 90_000,
}, async () => {
  driveLaps('s1', 1, 2);
  const map = join(dataDir, 'no-sim.map');
  engine = await startCoach(['start', '--source', `map:${map}`, '--port', '0', '--no-open'], dataDir);
  await login();
  const { status, out } = await coach('sync', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(out).sync).toMatchObject({ state: 'idle', waiting: 0, user: 'Ada' });
  expect(server.order).toEqual(['s1', 's1-0-1', 's1-0-2']);
  const { findings } = JSON.parse((await coach('doctor', '--json')).out);
  expect(findings).toContainEqual(expect.objectContaining({ name: 'server', state: 'good' }));
  expect((await coach('logout')).status).toBe(0);
  expect(await engine.stop()).toBe(0);
});
