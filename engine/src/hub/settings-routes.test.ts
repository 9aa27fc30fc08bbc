import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, settings, settingsState } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDir } from '../data/data-dir.ts';
import { SettingsDesk } from '../settings/settings-desk.ts';
import type { Api } from './api.ts';
import { Hub } from './hub.ts';
import { HubServer } from './hub-server.ts';

const token = '0123456789abcdef0123456789abcdef';
let folder: string;
let server: HubServer;
let desk: SettingsDesk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-routes-'));
  desk = new SettingsDesk({ dataDir: new DataDir(join(folder, 'data'), {}), now: () => new Date(0) });
  const api = {
    settings: desk,
    doctor: async () => ({ findings: [{ name: 'sim', state: 'good', text: 'There.' }] }),
    voices: () => [{ id: 'heart', name: 'Heart' }],
    recordings: async () => [],
  } as unknown as Api;
  const hub = new Hub({ version: '1', nowMs: () => 0 });
  server = await HubServer.open({ hub, token, port: 0, pagesFolder: folder, api });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ask {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function ask(path: string, { method = 'GET', body, headers = {} }: Ask = {}) {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, document: (await response.json()) as Record<string, unknown> };
}
const put = (section: string, body: unknown, headers = {}) =>
  ask(`settings/${section}`, { method: 'PUT', body, headers });

describe('settings', () => {
  test('what holds is what the shell asks for, and what it keeps is kept', async () => {
    expect(settings.parse((await ask('settings')).document)).toEqual(defaultSettings);
    const overlay = { ...defaultSettings.overlay, mode: 'capture' };
    const { status, document } = await put('overlay', overlay);
    expect(status).toBe(200);
    expect(settingsState.parse(document).settings.overlay.mode).toBe('capture');
    expect(desk.current.overlay.mode).toBe('capture');
  });
  test('a wrong value is named with its field, in words', async () => {
    const { status, document } = await put('sound', { ...defaultSettings.sound, volume: 7 });
    expect(status).toBe(422);
    expect(document).toEqual({
      error: { code: 'settings-invalid', message: 'sound.volume: it must be 1 at most.' },
      field: 'sound.volume',
    });
  });
  test.each([
    ['an unknown section', 'nonsense', {}, 422],
    ['the version', 'version', 3, 422],
    ['no JSON', 'look', '{', 400],
    ['nothing', 'look', '', 422],
    ['too much', 'look', `"${'x'.repeat(300_000)}"`, 400],
  ])('%s is refused', async (_, section, body, status) => {
    expect((await put(section, body)).status).toBe(status);
    expect(desk.current).toEqual(defaultSettings);
  });
  test('a change from an older state is refused', async () => {
    const { revision } = desk.state();
    const match = { 'if-match': `"${revision}"` };
    expect((await put('hud', { autoHide: false }, match)).status).toBe(200);
    expect((await put('hud', { autoHide: true }, match)).status).toBe(412);
  });
  test('undo, until there is nothing', async () => {
    await put('hud', { autoHide: false });
    const undo = () => ask('settings/undo', { method: 'POST' });
    expect((await undo()).document).toMatchObject({ undo: null, settings: { hud: { autoHide: true } } });
    expect((await undo()).status).toBe(409);
  });
  test('wants the token, the right method and our own origin', async () => {
    const bad = [
      { headers: { authorization: 'Bearer 00' }, status: 401 },
      { method: 'POST', status: 405 },
      { headers: { origin: 'http://evil.example' }, status: 403 },
    ];
    for (const { status, ...how } of bad) {
      const method = how.method ?? 'PUT';
      expect((await ask('settings/hud', { method, body: { autoHide: false }, ...how })).status).toBe(status);
    }
    expect(desk.current.hud.autoHide).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('the first run takes a preset and nothing else', async () => {
  const choose = (body: unknown) => ask('first-run', { method: 'POST', body });
  expect((await choose({ preset: 'loud' })).document).toMatchObject({ field: 'preset' });
  expect((await choose({ preset: 'coach' })).document).toMatchObject({
    settings: { firstRun: { done: true, preset: 'coach' } },
  });
});

test('profiles come in, go out and are chosen', async () => {
  const file = {
    format: 'racing-coach-profile',
    version: 1,
    name: 'Spa',
    overrides: { look: { theme: 'light' } },
  };
  const take = (body: unknown) => ask('profiles/import', { method: 'POST', body });
  expect((await take(file)).document).toEqual({ id: 'spa', name: 'Spa' });
  expect((await take({ ...file, overrides: { hub: {} } })).status).toBe(422);
  expect((await ask('profiles/spa')).document).toEqual(file);
  expect((await ask('profiles/none-such')).status).toBe(404);
  expect((await ask('profiles/spa/use', { method: 'POST' })).document).toMatchObject({
    profile: { id: 'spa' },
  });
  expect((await ask('profiles/none', { method: 'POST' })).document).toMatchObject({ profile: { id: null } });
  expect((await ask('profiles/automatic', { method: 'POST' })).document).toMatchObject({
    profile: { byHand: false },
  });
});

test('doctor, voices and recordings answer', async () => {
  expect((await ask('doctor')).document).toEqual({
    findings: [{ name: 'sim', state: 'good', text: 'There.' }],
  });
  expect((await ask('voices')).document).toEqual({ voices: [{ id: 'heart', name: 'Heart' }] });
  expect((await ask('recordings')).document).toEqual({ recordings: [] });
});
