import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppProtocolOptions, answerApp } from './app-protocol.ts';
import { isAppUrl, pageUrl } from './app-scheme.ts';
import { pageFile } from './page-file.ts';
import { pageFolder } from './page-folder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-pages-'));
  writeFileSync(join(folder, 'secret.json'), '"secret"');
  for (const page of ['hud', 'playground', 'settings'])
    mkdirSync(join(folder, 'pages', page), { recursive: true });
  writeFileSync(join(folder, 'pages', 'hud', 'index.html'), '<p>HUD</p>');
  writeFileSync(join(folder, 'pages', 'hud', 'hud.js'), '1');
  writeFileSync(join(folder, 'pages', 'hud', 'hud.js.map'), '2');
  writeFileSync(join(folder, 'pages', 'playground', 'index.html'), 'playground');
  symlinkSync(join(folder, 'secret.json'), join(folder, 'pages', 'hud', 'link.json'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Sent {
  url: string;
  init: RequestInit;
}

function app(change: Partial<AppProtocolOptions> = {}) {
  const sent: Sent[] = [];
  const options: AppProtocolOptions = {
    readPage: pageFolder(join(folder, 'pages')),
    engine: () => ({ port: 47800, token: 'the-token' }),
    fetch: async (url, init) => {
      sent.push({ url, init });
      const headers = {
        'content-type': 'application/json',
        'set-cookie': 'a=b',
        'access-control-allow-origin': '*',
      };
      return new Response('{"ok":true}', { headers });
    },
    ...change,
  };
  const ask = (url: string, init?: RequestInit) => answerApp(new Request(url, init), options);
  return { ask, sent };
}

describe('pages', () => {
  test('are served with a policy that allows our own origin and the engine’s hub alone', async () => {
    const answer = await app().ask(pageUrl('hud', 'region=0,0,1,1'));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('<p>HUD</p>');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:47800;");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
  test('are only read', async () => {
    expect((await app().ask(pageUrl('hud'), { method: 'POST', body: 'x' })).status).toBe(405);
    const head = await app().ask(pageUrl('hud'), { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
  test('without an engine have no hub to talk to', async () => {
    const answer = await app({ engine: () => null }).ask(pageUrl('hud'));
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self';");
  });
});

describe('path tricks give nothing', () => {
  const tricks = [
    '/hud/../../secret.json',
    '/hud/%2e%2e/%2e%2e/secret.json',
    '/hud/..%2f..%2fsecret.json',
    '/hud/..%5c..%5csecret.json',
    '/hud/%252e%252e/secret.json',
    '/hud/..;/secret.json',
    '/hud//secret.json',
    '//etc/passwd.json',
    '/hud/c:/secret.json',
    '/hud/hud.js::$DATA.js',
    '/hud/hud.js%00.js',
    '/hud/hud.js.',
    '/hud/hud.js%20',
    '/hud/nul.js',
    '/hud/COM1.json',
    '/hud/.git/config.json',
    '/hud/.env.json',
    '/hud/%',
    '/hud/hud.js.map',
    '/hud/*.js',
    '/hud',
    '/hud/link.json',
    '/playground/',
    '/secret.json',
    '/',
    '/node_modules/x/index.js',
    '/hud/%EF%BC%8E%EF%BC%8E/secret.json',
  ];
  test.each(tricks)('%s', async (path) => {
    const { ask } = app();
    const answer = await ask(`racing-coach://app${path}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret"');
    // A Request resolves plain dots before we see them, as Chromium does; nobody should have to rely on that.
    expect(pageFile(path) === null || path === '/hud/link.json').toBe(true);
  });
});

test.each([
  'racing-coach://other/hud/',
  'racing-coach://app.evil.example/hud/',
  'racing-coach://app:80/hud/',
  'racing-coach://user@app/hud/',
  'racing-coach-x://app/hud/',
  'https://app/hud/',
  'file:///hud/',
  'racing-coach:app/hud/',
  'nonsense',
  '',
])('%o is no address of ours', (url) => {
  expect(isAppUrl(url)).toBe(false);
});

describe('the interface', () => {
  test('is the engine’s on this machine, with the token added and nothing of the page’s own', async () => {
    const { ask, sent } = app();
    const answer = await ask('racing-coach://app/api/laps?limit=3', {
      headers: {
        accept: 'application/json',
        cookie: 'a=b',
        authorization: 'Bearer guess',
        'x-forwarded-for': '1',
      },
    });
    expect(await answer.json()).toEqual({ ok: true });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe('http://127.0.0.1:47800/api/laps?limit=3');
    expect(sent[0]?.init.headers).toEqual({ accept: 'application/json', authorization: 'Bearer the-token' });
    expect(sent[0]?.init.redirect).toBe('error');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
  test('passes on which revision a change was made from', async () => {
    const { ask, sent } = app();
    await ask('racing-coach://app/api/settings/profiles', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': '"7"' },
      body: '{}',
    });
    expect(sent[0]?.init.headers).toMatchObject({ 'if-match': '"7"', 'content-type': 'application/json' });
  });
  test('passes bodies on, up to a megabyte', async () => {
    const { ask, sent } = app();
    const put = (body: string) => ask('racing-coach://app/api/settings/overlay', { method: 'PUT', body });
    expect((await put('{}')).status).toBe(200);
    expect(new TextDecoder().decode(sent[0]?.init.body as ArrayBuffer)).toBe('{}');
    expect((await put('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    expect(sent).toHaveLength(1);
  });
  test.each([
    '/api',
    '/api/',
    '/api//x',
    '/api/%2e%2e/hub',
    '/api/a%2fb',
    '/api/@evil.example/',
    '/api/a/../..',
    '/api/a:b',
  ])('does not take %s', async (path) => {
    const { ask, sent } = app();
    expect((await ask(`racing-coach://app${path}`)).status).toBe(404);
    expect(sent).toEqual([]);
  });
  test('says when there is no engine, or none that answers', async () => {
    expect((await app({ engine: () => null }).ask('racing-coach://app/api/laps')).status).toBe(503);
    const fetch = () => Promise.reject(new Error('refused'));
    expect((await app({ fetch }).ask('racing-coach://app/api/laps')).status).toBe(502);
  });
});

describe('the driver’s own voices', () => {
  const clip = () => Promise.resolve(new Response('fLaC', { headers: { 'content-type': 'audio/flac' } }));

  test('come from the engine, without the token', async () => {
    const sent: Sent[] = [];
    const { ask } = app({
      fetch: (url, init) => {
        sent.push({ url, init });
        return clip();
      },
    });
    const answer = await ask('racing-coach://app/voices/my-voice/box_now.flac?x=1', {
      headers: { authorization: 'Bearer guess' },
    });
    expect(await answer.text()).toBe('fLaC');
    expect(answer.headers.get('content-type')).toBe('audio/flac');
    expect(sent.map(({ url }) => url)).toEqual(['http://127.0.0.1:47800/voices/my-voice/box_now.flac']);
    expect(sent[0]?.init).toEqual({ method: 'GET', redirect: 'error', credentials: 'omit' });
  });
  test.each(['manifest.json', 'a.ogg', 'a.wav', 'a.flac', 'a.mp3'])('%s may be one of them', async (file) => {
    const { ask, sent } = app();
    expect((await ask(`racing-coach://app/voices/mine/${file}`)).status).toBe(200);
    expect(sent).toHaveLength(1);
  });
  test.each([
    '/voices/',
    '/voices/mine/',
    '/voices/mine',
    '/voices/a.ogg',
    '/voices/mine/notes.txt',
    '/voices/mine/.secret.json',
    '/voices/mine/deep/a.ogg',
    '/voices/../token',
    '/voices/..%2ftoken.json',
    '/voices/mine/..%2f..%2fsettings.json',
    '/voices/mine%2fa%2eogg/x',
    '/voices/%2e%2e/settings.json',
    '/voices/Mine/a.ogg',
    '/voices/con/a.ogg',
    '/voices/mine/nul.json',
    '/voices/mine/a.ogg::$DATA',
    '/voices/mine/a.ogg%00.ogg',
    '/voices//mine/a.ogg',
    '/voices/@evil.example/a.ogg',
  ])('%s is none', async (path) => {
    const { ask, sent } = app();
    expect((await ask(`racing-coach://app${path}`)).status).toBe(404);
    expect(sent).toEqual([]);
  });
  test('are only read, and need the engine', async () => {
    const { ask, sent } = app();
    const url = 'racing-coach://app/voices/mine/a.ogg';
    expect((await ask(url, { method: 'POST', body: 'x' })).status).toBe(405);
    expect(sent).toEqual([]);
    expect((await app({ engine: () => null }).ask(url)).status).toBe(503);
    expect((await app({ fetch: () => Promise.reject(new Error('refused')) }).ask(url)).status).toBe(502);
  });
});
