import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CodedError,
  hubMessage,
  type StatusEvent,
  snapshotBytes,
  snapshotLayoutHash,
  soundSettings,
} from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Api } from './api.ts';
import { Hub } from './hub.ts';
import { HubServer } from './hub-server.ts';

const token = '0123456789abcdef0123456789abcdef';
let folder: string;
let hub: Hub;
let server: HubServer;
let drawn: number[];
const sockets: WebSocket[] = [];

/** Answers with what it is, and has one offer. */
const api = {
  state: () => ({ status: 'coaching' }),
  health: () => ({ pid: 7 }),
  offers: () => [{ id: 'abcd' }],
  useOffer: (id: string) =>
    id === 'abcd'
      ? Promise.resolve({ used: { id } })
      : Promise.reject(new CodedError('offer-not-found', { id })),
} as unknown as Api;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-hub-'));
  mkdirSync(join(folder, 'pages', 'hud', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'pages', 'hud', 'index.html'), '<!doctype html><title>HUD</title>');
  writeFileSync(join(folder, 'pages', 'hud', 'assets', 'hud.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not a page');
  drawn = [];
  hub = new Hub({ version: '1', nowMs: () => 42, onDrawn: (latencyMs) => drawn.push(latencyMs) });
  server = await HubServer.open({
    hub,
    token,
    port: 0,
    pagesFolder: join(folder, 'pages'),
    api,
    voicesFolder: join(folder, 'voices'),
  });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, path, method, headers };
    const sent = request(options, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Connects and gathers messages; `refused` is the status of a refusal. */
function connect(path = `/hub?token=${token}`, options: WebSocket.ClientOptions = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, options);
  sockets.push(socket);
  const texts: string[] = [];
  const snapshots: Buffer[] = [];
  socket.on('message', (data, isBinary) =>
    isBinary ? snapshots.push(data as Buffer) : texts.push(data.toString()),
  );
  const refused = new Promise<number | null>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => resolve(null));
    socket.on('error', () => {});
  });
  return { socket, texts, snapshots, refused };
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((done) => setTimeout(done, 2));
};
const status: StatusEvent = {
  type: 'status',
  sample: 1,
  sessionTimeS: 0,
  lap: 1,
  stint: 0,
  lapDistanceM: 0,
  status: 'in-pits',
  silent: true,
  text: 'In the pits.',
};

describe('pages', () => {
  test('the HUD needs the token, its assets do not', async () => {
    expect((await get(`/hud/?token=${token}`)).body).toContain('HUD');
    for (const bad of ['/hud/', '/hud/?token=', `/hud/?token=${token.toUpperCase()}`, '/hud/index.html'])
      expect((await get(bad)).status).toBe(403);
    expect((await get('/hud/assets/hud.js')).status).toBe(200);
    expect((await get(`/hud?token=${token}`)).headers['location']).toBe(`/hud/?token=${token}`);
  });

  test('the sound page needs the token as well, and its clips do not', async () => {
    expect((await get('/audio/')).status).toBe(403);
    expect((await get(`/audio/?token=${token}`)).status).toBe(503);
    expect((await get(`/audio?token=${token}`)).headers['location']).toBe(`/audio/?token=${token}`);
    mkdirSync(join(folder, 'pages', 'audio', 'voices'), { recursive: true });
    writeFileSync(join(folder, 'pages', 'audio', 'voices', 'a.ogg'), 'OggS');
    expect((await get('/audio/voices/a.ogg')).headers['content-type']).toBe('audio/ogg');
  });

  test('of the user’s voices sound and manifest are given away, and nothing else', async () => {
    mkdirSync(join(folder, 'voices', 'mine'), { recursive: true });
    for (const name of ['manifest.json', 'a.ogg', 'notes.txt', '.secret'])
      writeFileSync(join(folder, 'voices', 'mine', name), name);
    writeFileSync(join(folder, 'voices', 'a.ogg'), 'no pack');
    expect((await get('/voices/mine/a.ogg')).body).toBe('a.ogg');
    expect((await get('/voices/mine/manifest.json')).status).toBe(200);
    for (const path of [
      'mine/notes.txt',
      'mine/.secret',
      'a.ogg',
      'mine/../../secret.txt',
      '..%2fsecret.txt',
    ])
      expect((await get(`/voices/${path}`)).status).toBe(404);
  });

  test('headers: strict policy, no sniffing, no referrer, no CORS', async () => {
    const { headers } = await get(`/hud/?token=${token}`, { origin: 'http://evil.example' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    '/../secret.txt',
    '/hud/..%2f..%2fetc/passwd',
    '/%2e%2e/x',
    '/hud/%00',
    '/.git/config',
    '/hud\\x',
    '/%ff',
  ])('a path that tries to leave: %s', async (path) => expect((await get(path)).status).toBe(404));

  test('an address that is none, and methods that change things', async () => {
    expect((await get('//')).status).toBe(400);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await get('/hud/', {}, method)).status).toBe(405);
    expect((await get(`/hud/?token=${token}`, {}, 'HEAD')).body).toBe('');
  });

  test('a name that was rebound to this machine is refused', async () => {
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', '127.0.0.1:1'])
      expect((await get(`/hud/?token=${token}`, { host })).status).toBe(421);
    expect((await get('/hud/assets/hud.js', { host: `localhost:${server.port}` })).status).toBe(200);
  });

  test('pages that are not built are said', async () => {
    rmSync(join(folder, 'pages', 'hud', 'index.html'));
    expect((await get(`/hud/?token=${token}`)).body).toContain('npm run build:pages');
  });
});

describe('the API', () => {
  const bearer = { authorization: `Bearer ${token}` };

  test('answers who has the token, in the address or in a header', async () => {
    for (const [path, document] of [
      ['state', { status: 'coaching' }],
      ['health', { pid: 7 }],
      ['offers', { offers: [{ id: 'abcd' }] }],
    ] as const) {
      expect(JSON.parse((await get(`/api/${path}?token=${token}`)).body)).toEqual(document);
      const { status, headers, body } = await get(`/api/${path}`, bearer);
      expect([status, JSON.parse(body)]).toEqual([200, document]);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test.each([
    ['without a token', '/api/state', {}, 'GET', 401],
    ['with a wrong token', '/api/state?token=ffffffffffffffffffffffffffffffff', {}, 'GET', 401],
    ['from another site', `/api/state?token=${token}`, { origin: 'http://evil.example' }, 'GET', 403],
    ['under another name', `/api/state?token=${token}`, { host: 'evil.example' }, 'GET', 421],
    ['of what there is not', '/api/laps', bearer, 'GET', 404],
    ['of an identity that is none', '/api/offers/..%2fx/use', bearer, 'POST', 404],
    ['that only reads what changes', '/api/offers/abcd/use', bearer, 'GET', 405],
    ['that changes what is only read', '/api/state', bearer, 'POST', 405],
    [
      'from another site that changes something',
      '/api/offers/abcd/use',
      { ...bearer, origin: 'null' },
      'POST',
      403,
    ],
    ['without a token that changes something', '/api/offers/abcd/use', {}, 'POST', 401],
  ])('a request %s is refused', async (_, path, headers, method, status) => {
    expect((await get(path, headers, method)).status).toBe(status);
  });

  test('an offer is used by a POST, and one that is gone is told with its code', async () => {
    const used = await get('/api/offers/abcd/use', bearer, 'POST');
    expect([used.status, JSON.parse(used.body)]).toEqual([200, { used: { id: 'abcd' } }]);
    const gone = await get('/api/offers/ffff/use', bearer, 'POST');
    expect([gone.status, JSON.parse(gone.body).error.code]).toEqual([404, 'offer-not-found']);
  });
});

describe('upgrades', () => {
  test.each([
    ['without a token', '/hub', {}, 401],
    ['with a wrong token', '/hub?token=ffffffffffffffffffffffffffffffff', {}, 401],
    ['to another path', `/other?token=${token}`, {}, 404],
    ['from another site', `/hub?token=${token}`, { origin: 'http://evil.example' }, 403],
    ['from a sandboxed page', `/hub?token=${token}`, { origin: 'null' }, 403],
    ['under another name', `/hub?token=${token}`, { headers: { host: 'evil.example' } }, 421],
  ])('%s is refused', async (_, path, options, code) => {
    expect(await connect(path, options).refused).toBe(code);
  });

  test('from our own pages, from the shell and from a program is accepted', async () => {
    for (const origin of [`http://127.0.0.1:${server.port}`, 'racing-coach://app', undefined])
      expect(await connect(undefined, origin === undefined ? {} : { origin }).refused).toBeNull();
  });

  test('a broken address does not end the engine', async () => {
    const upgrade = { connection: 'upgrade', upgrade: 'websocket' };
    expect((await get('//', upgrade)).status).toBe(400);
    expect((await get('/hud/assets/hud.js')).status).toBe(200);
  });
});

describe('messages', () => {
  test('a late joiner gets hello, session, reference, last status and newest snapshot', async () => {
    hub.publishSession({ type: 'session', sim: 's', track: 't', config: '', car: 'c', source: 'f' });
    hub.publishEvent({ ...status, status: 'out-lap' }, JSON.stringify({ ...status, status: 'out-lap' }));
    hub.publishEvent(status, JSON.stringify(status));
    hub.publishSnapshot(new Uint8Array(snapshotBytes).fill(7));
    const page = connect();
    await until(() => page.texts.length >= 4 && page.snapshots.length === 1);
    const messages = page.texts.map((text) => hubMessage.parse(JSON.parse(text)));
    expect(messages.map((message) => message.type)).toEqual(['hello', 'session', 'reference', 'event']);
    expect(messages[0]).toMatchObject({ nowMs: 42, layoutHash: snapshotLayoutHash });
    expect(messages[3]).toMatchObject({ event: { status: 'in-pits' } });
    expect(page.snapshots[0]).toHaveLength(snapshotBytes);
  });

  test('a late joiner gets the newest of what changes slowly, one of each', async () => {
    const fuel = (levelL: number) => `{"type":"fuel","levelL":${levelL}}`;
    hub.publishNewest('fuel', fuel(50));
    hub.publishNewest('map', '{"type":"map","map":null}');
    hub.publishNewest('fuel', fuel(49));
    const { texts } = connect();
    await expect.poll(() => texts).toContain('{"type":"map","map":null}');
    expect(texts.filter((text) => text.includes('fuel'))).toEqual([fuel(49)]);
    hub.publishNewest('fuel', fuel(48));
    await expect.poll(() => texts).toContain(fuel(48));
  });

  test("a snapshot is the publisher's at the time, though its buffer is used again", async () => {
    const page = connect();
    await until(() => page.texts.length >= 2);
    const buffer = new Uint8Array(8).fill(1);
    hub.publishSnapshot(buffer);
    buffer.fill(2);
    await until(() => page.snapshots.length === 1);
    expect(page.snapshots[0]?.every((byte) => byte === 1)).toBe(true);
  });

  test('what pages send is checked: drawn is counted, anything else closes', async () => {
    const good = connect();
    await good.refused;
    good.socket.send(JSON.stringify({ type: 'page', protocol: 1, name: 'hud' }));
    good.socket.send(JSON.stringify({ type: 'drawn', sequence: 1, latencyMs: 9.5 }));
    await until(() => drawn.length === 1);
    expect(drawn).toEqual([9.5]);
    for (const bad of [
      '{',
      '{"type":"exec"}',
      '{"type":"page","protocol":99,"name":"old"}',
      Buffer.of(1),
      'x'.repeat(5000),
    ]) {
      const page = connect();
      await page.refused;
      page.socket.send(bad);
      const [code] = await once(page.socket, 'close');
      expect([1009, 4001, 4002]).toContain(code);
    }
    expect(good.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('sound has one owner: the last that claims, and the one before when it leaves', async () => {
    const [first, second] = [connect(), connect()];
    const owns = ({ texts }: typeof first) =>
      texts.map((text) => hubMessage.parse(JSON.parse(text))).findLast(({ type }) => type === 'sound-owner');
    await Promise.all([first.refused, second.refused]);
    first.socket.send(JSON.stringify({ type: 'sound-claim', claim: true }));
    await until(() => owns(first) !== undefined);
    second.socket.send(JSON.stringify({ type: 'sound-claim', claim: true }));
    await until(() => owns(second) !== undefined);
    expect([owns(first), owns(second)]).toMatchObject([{ owner: false }, { owner: true }]);
    first.socket.send(JSON.stringify({ type: 'sound-command', command: 'toggle-mute' }));
    await until(() => second.texts.some((text) => text.includes('toggle-mute')));
    expect(first.texts.join()).not.toContain('toggle-mute');
    second.socket.send(JSON.stringify({ type: 'sound-muted', muted: true }));
    const muted = '{"type":"sound-muted","muted":true}';
    await until(() => first.texts.includes(muted));
    const later = connect();
    await until(() => later.texts.includes(muted));
    second.socket.close();
    await until(() => JSON.stringify(owns(first)).includes('true'));
  });

  test('a late joiner learns how to sound', async () => {
    hub.publishSoundSettings(soundSettings.parse({ voice: 'heart' }));
    const page = connect();
    await until(() => page.texts.some((text) => text.includes('sound-settings')));
    expect(page.texts.map((text) => hubMessage.parse(JSON.parse(text)))).toContainEqual({
      type: 'sound-settings',
      settings: soundSettings.parse({ voice: 'heart' }),
    });
  });

  test('a page that stops answering is dropped', async () => {
    const page = connect(undefined, { autoPong: false });
    await page.refused;
    await until(() => hub.clientCount === 1);
    hub.dropDead();
    hub.dropDead();
    expect(hub.clientCount).toBe(0);
    await once(page.socket, 'close');
  });
});

test('a taken port gives the next one', async () => {
  const second = await HubServer.open({ hub, token, port: server.port, pagesFolder: join(folder, 'pages') });
  expect(second.port).toBeGreaterThan(server.port);
  await second.close();
});
