import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineHealth, type SyncState, syncOff } from '@racing-coach/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDir } from '../data/data-dir.ts';
import {
  dropServerToken,
  forgetServerLogin,
  keepServerLogin,
  readServerLogin,
} from '../data/server-login.ts';
import { SqliteLapStore } from '../store/sqlite-lap-store.ts';
import { someLap, someSession } from '../store/testing/some-laps.ts';
import { serverFindings } from './server-findings.ts';

let dataDir: DataDir;
const login = { url: 'https://laps.example', token: 'secret-token', deviceId: 'd', userName: 'Ada' };
beforeEach(() => {
  dataDir = new DataDir(mkdtempSync(join(tmpdir(), 'racing-coach-server-')), {});
});
afterEach(() => rmSync(dataDir.path, { recursive: true, force: true }));

const engine = (sync: SyncState) => ({ command: 'start', sync }) as EngineHealth;
const state: SyncState = { ...syncOff, state: 'idle', text: 'All there.', server: login.url, user: 'Ada' };

test('without a login it says how to get one', () => {
  expect(serverFindings(null, dataDir)).toEqual([{ name: 'server', state: 'so', text: syncOff.text }]);
});

test('without an engine what waits is counted, and the token is never told', () => {
  keepServerLogin(dataDir, login);
  const store = new SqliteLapStore({ path: dataDir.file('laps.db'), now: new Date() });
  store.importSession(someSession('s1'), [someLap('s1', 1), someLap('s1', 2)]);
  store.lapRefused('s1-0-1', { code: 'lap-damaged', text: 'Damaged.' });
  store.close();
  const [found] = serverFindings(null, dataDir);
  expect(found).toMatchObject({ state: 'so' });
  expect(found?.text).toContain('https://laps.example as Ada: laps waiting 1, refused 1');
  expect(JSON.stringify(found)).not.toContain('secret-token');
});

test('a running engine says it, with the reasons', () => {
  expect(serverFindings(engine(state), dataDir)).toMatchObject([{ state: 'good', text: 'All there.' }]);
  const lap = { lapId: 'l', track: 'Fuji', car: 'C', date: '2026-01-01T00:00:00Z', stint: 0, lap: 7 };
  const refusedLaps = [{ ...lap, code: 'lap-damaged', text: 'Damaged.' }];
  const [found] = serverFindings(engine({ ...state, refused: 1, refusedLaps }), dataDir);
  expect(found).toMatchObject({ state: 'so' });
  expect(found?.lines?.join('\n')).toContain('Refused: 2026-01-01 Fuji, lap 7: Damaged. (lap-damaged)');
  expect(serverFindings(engine({ ...state, state: 'signed-out' }), dataDir)).toMatchObject([{ state: 'so' }]);
});

test('the login is for this user alone, and a token is dropped only where it is still the same', () => {
  keepServerLogin(dataDir, login);
  expect(statSync(dataDir.file('server-login.json')).mode & 0o777).toBe(0o600);
  dropServerToken(dataDir, 'another');
  expect(readServerLogin(dataDir)).toEqual(login);
  dropServerToken(dataDir, 'secret-token');
  expect(readServerLogin(dataDir)).toEqual({ ...login, token: null });
  expect(serverFindings(null, dataDir)[0]?.text).toContain('racing-coach login https://laps.example');
  forgetServerLogin(dataDir);
  expect(readServerLogin(dataDir)).toBeNull();
});
