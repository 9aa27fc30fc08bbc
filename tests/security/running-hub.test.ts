/**
 * No page and no socket without its token gives data: every door of a running engine against everything that must not open it. The engine is the real one in a
 * process of its own, on the bundled session.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReadyDocument, tokenRenewed } from '@racing-coach/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Serving, startCoach } from '../engine/racing-coach.ts';
import {
  type Door,
  doors,
  type Keys,
  knock,
  methods,
  pathTricks,
  wrongHosts,
  wrongOrigins,
  wrongPlaces,
  wrongTokens,
} from './doors.ts';
import { type Asked, type RawAnswer, rawRequest, requestText, upgradeHeaders } from './raw-request.ts';

const long = process.env['RACING_COACH_LONG'] !== undefined;
let folder: string;
let engine: Serving;
let keys: Keys;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-security-'));
  engine = await startCoach(['demo', '--no-open', '--port', '0'], folder);
  keys = keysOf(engine.urls);
}, 120_000);
afterAll(async () => {
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function keysOf(urls: ReadyDocument['urls']): Keys {
  const [hub, obs] = [new URL(urls.hub ?? ''), new URL(urls.obs ?? '')];
  return {
    token: hub.searchParams.get('token') ?? '',
    viewersToken: obs.searchParams.get('token') ?? '',
    port: Number(hub.port),
  };
}

const ask = (asked: Asked): Promise<RawAnswer> => rawRequest(keys.port, requestText(asked));

/** What only an open door tells; pages are told by their script, which a refusal has not. */
function tells({ text }: RawAnswer): string | null {
  const secrets = [
    keys.token,
    keys.viewersToken,
    '"presence"',
    '"version":',
    '"revision"',
    'root:x:',
    '[fonts]',
  ];
  const found = secrets.find((secret) => text.includes(secret)) ?? null;
  return found ?? (/<script/i.test(text) ? 'a page' : null);
}

/** Refused, without a word of data and without an invitation for other sites. */
function refused(answer: RawAnswer, what: string, statuses: number[]): void {
  expect(statuses, what).toContain(answer.status);
  expect(tells(answer), what).toBeNull();
  expect(answer.text.toLowerCase(), what).not.toContain('access-control-');
}

const nameOf = ({ method, path, kind }: Door) => `${method} ${path} (${kind})`;
const named = doors.map((door) => [nameOf(door), door] as const);
/** A page says 403, the rest 401. */
const tokenRefusals = [401, 403];

describe.each(named)('%s', (_, door) => {
  test('opens with its token, so that what follows can fail', async () => {
    // What changes something is not done: a wrong method shows that the door itself was passed.
    const safe: Door = door.method === 'GET' ? door : { ...door, method: 'GET' };
    const { status } = await ask(knock(safe, keys.token, keys));
    const built = door.kind === 'page' ? [200, 503] : [200, 101, 404, 405];
    expect(built).toContain(status);
  });

  test.each(wrongTokens)('refuses %s', async (what, token) => {
    refused(await ask(knock(door, token(keys), keys)), what, tokenRefusals);
  });

  test.each(wrongPlaces)('refuses the token %s', async (what, headers) => {
    const asked = knock(door, null, keys);
    refused(await ask({ ...asked, headers: { ...asked.headers, ...headers(keys) } }), what, tokenRefusals);
  });

  test('the viewers’ token opens what viewers may see, and nothing else', async () => {
    const answer = await ask(knock(door, keys.viewersToken, keys));
    if (door.viewers) expect([200, 101, 503]).toContain(answer.status);
    else refused(answer, 'the viewers’ token', tokenRefusals);
  });

  test('refuses every name but this machine’s, with the right token', async () => {
    for (const host of wrongHosts(keys.port))
      refused(await ask({ ...knock(door, keys.token, keys), host }), `Host ${host}`, [400, 421]);
  });

  test('refuses every other site, with the right token', async () => {
    for (const origin of wrongOrigins(keys.port)) {
      const asked = knock(door, keys.token, keys);
      const headers = { ...asked.headers, Origin: origin };
      refused(await ask({ ...asked, headers }), `Origin ${origin}`, [403]);
    }
  });

  test('refuses other methods without the token', async () => {
    for (const method of methods) {
      const answer = await ask({ ...knock(door, null, keys), method, headers: {} });
      refused(answer, method, [0, 400, 401, 403, 404, 405]);
    }
  });
});

describe('paths', () => {
  test.each(pathTricks)('%s gives nothing, with and without a token', async (target) => {
    for (const token of [null, keys.viewersToken, keys.token]) {
      const query = token === null ? '' : `?token=${token}`;
      const answer = await ask({ method: 'GET', target: target + query, host: `127.0.0.1:${keys.port}` });
      // With the driver's token an address may be another spelling of one of ours; outside of ours there is nothing.
      if (token === keys.token) {
        expect(answer.text).not.toContain('root:x:');
        expect(answer.text.replaceAll(`location: ${query}`, '')).not.toContain(`\n${keys.token}\n`);
      } else if (answer.status !== 308 && !(token !== null && isObsPage(target)))
        refused(answer, `${target} ${token}`, [0, 400, 401, 403, 404, 421]);
    }
  });

  test('an address with a name of its own goes by its Host all the same', async () => {
    for (const target of ['http://evil.example/api/state', `http://127.0.0.1:${keys.port}/api/state`]) {
      refused(await ask({ method: 'GET', target, host: 'evil.example' }), target, [421]);
      refused(await ask({ method: 'GET', target, host: `127.0.0.1:${keys.port}` }), target, [401, 403, 404]);
    }
  });
});

/** Spellings that a URL parser makes the viewers' own page of. */
const isObsPage = (target: string) => target === '/obs/full/../full';

describe('sizes', () => {
  const door = (path: string) => doors.find((one) => one.path === path) as Door;

  test('a large body is not read without the token, and refused with it', async () => {
    const body = `{"password":"${'x'.repeat(2_000_000)}"}`;
    for (const path of ['/api/obs/password', '/api/profiles/import', '/api/token/renew']) {
      refused(await ask({ ...knock(door(path), null, keys), body }), path, [0, 401]);
      if (path !== '/api/token/renew')
        refused(await ask({ ...knock(door(path), keys.token, keys), body }), path, [0, 400, 413]);
    }
  });

  test('a password that is too long or none is refused, and not repeated', async () => {
    for (const body of [`{"password":"${'secret'.repeat(60)}"}`, '{"password":7}', '[]', 'null', '{', '']) {
      const answer = await ask({ ...knock(door('/api/obs/password'), keys.token, keys), body });
      expect([400, 409, 422]).toContain(answer.status);
      expect(answer.text).not.toContain('secretsecret');
    }
  });

  test('headers and addresses without end are refused', async () => {
    const host = `127.0.0.1:${keys.port}`;
    refused(await ask({ method: 'GET', target: `/${'a'.repeat(100_000)}`, host }), 'address', [0, 404, 431]);
    const headers = { 'X-Long': 'a'.repeat(100_000) };
    refused(await ask({ method: 'GET', target: '/api/state', host, headers }), 'header', [0, 431]);
  });

  test.each(['', 'GET\r\n\r\n', '\0\0\0\0', 'GET / HTTP/9.9\r\n\r\n', 'G'.repeat(10_000)])(
    'what is no request closes the connection: %j',
    async (bytes) => {
      const answer = await rawRequest(keys.port, `${bytes}\r\n\r\n`);
      expect([0, 400, 431, 505]).toContain(answer.status);
      expect(tells(answer)).toBeNull();
    },
  );
});

describe('sockets', () => {
  const open = (token: string, more = '') =>
    new WebSocket(`ws://127.0.0.1:${keys.port}/hub?token=${token}${more}`);
  const closing = (socket: WebSocket) =>
    new Promise<number>((resolve) => {
      socket.on('error', () => {});
      socket.on('close', resolve);
    });
  const gathered = async (socket: WebSocket, count: number): Promise<Record<string, unknown>[]> => {
    const messages: Record<string, unknown>[] = [];
    socket.on('message', (data, isBinary) => {
      if (!isBinary) messages.push(JSON.parse(String(data)) as Record<string, unknown>);
    });
    while (messages.length < count) await new Promise((done) => setTimeout(done, 10));
    return messages;
  };

  test('an upgrade to anything but a WebSocket is refused', async () => {
    const asked = knock(doors.at(-1) as Door, keys.token, keys);
    for (const upgrade of ['h2c', 'TLS/1.0', 'websocket2'])
      expect((await ask({ ...asked, headers: { ...upgradeHeaders, Upgrade: upgrade } })).status).not.toBe(
        101,
      );
  });

  test('viewers are told neither files nor offers, whichever token their page came with', async () => {
    for (const [token, more] of [
      [keys.viewersToken, ''],
      [keys.token, '&for=viewers'],
    ] as const) {
      const socket = open(token, more);
      const messages = await gathered(socket, 4);
      socket.close();
      expect(messages.map(({ type }) => type)).not.toContain('offers');
      expect(messages.find(({ type }) => type === 'session')).toMatchObject({ source: '' });
      expect(messages.find(({ type }) => type === 'reference')).toMatchObject({ reference: { label: '' } });
    }
  });

  test('viewers’ pages command nothing', async () => {
    for (const message of [
      { type: 'sound-command', command: 'mute' },
      { type: 'sound-claim', claim: true },
      { type: 'drawn', sequence: 1, latencyMs: 1 },
    ]) {
      const socket = open(keys.viewersToken);
      socket.on('open', () => socket.send(JSON.stringify(message)));
      expect(await closing(socket)).toBe(4002);
    }
  });

  test('a large message closes the socket', async () => {
    const socket = open(keys.token);
    socket.on('open', () => socket.send('x'.repeat(100_000)));
    expect(await closing(socket)).toBe(1009);
  });
});

test('only this machine is answered', async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((one) => one ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others)
    await expect(fetch(`http://${address}:${keys.port}/hud/?token=${keys.token}`)).rejects.toThrow();
});

const seed = 20_261_128;
test(`whatever is asked without a token gives no data, seed ${seed}`, async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...pathTricks,
      ...doors.map(({ path }) => path),
      '?token=',
      '&token=x',
      '#',
      '%',
      '..',
      '/',
    ),
    fc.string({ maxLength: 6 }).map((text) => text.replaceAll(/[\r\n]/g, '')),
  );
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', ...methods),
    target: fc
      .array(piece, { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('').replaceAll(' ', '')),
    host: fc.constantFrom(`127.0.0.1:${keys.port}`, `localhost:${keys.port}`, ...wrongHosts(keys.port)),
    headers: fc.constantFrom<Record<string, string>>(
      {},
      upgradeHeaders,
      { Authorization: 'Bearer ' },
      { Authorization: `Bearer ${'0'.repeat(32)}` },
      { Origin: `http://127.0.0.1:${keys.port}` },
      { 'Content-Type': 'application/json' },
    ),
  });
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      const answer = await ask(asked);
      expect(answer.status).not.toBe(101);
      expect(tells(answer)).toBeNull();
      expect(answer.status).toBeLessThan(500);
    }),
    { seed, numRuns: long ? 20_000 : 600 },
  );
  expect((await ask(knock(doors[0] as Door, keys.token, keys))).status).not.toBe(0);
}, 300_000);

test('a renewed token: old pages are closed with a reason, the old address is worth nothing, the new one is told and kept', async () => {
  const before = keys;
  const sockets = [before.token, before.viewersToken].map(
    (token) => new WebSocket(`ws://127.0.0.1:${before.port}/hub?token=${token}`),
  );
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))));
  const ends = sockets.map(
    (socket) =>
      new Promise<string>((resolve) => socket.once('close', (code, why) => resolve(`${code} ${why}`))),
  );
  const answer = await fetch(`http://127.0.0.1:${before.port}/api/token/renew`, {
    method: 'POST',
    headers: { authorization: `Bearer ${before.token}` },
  });
  const renewed = tokenRenewed.parse(await answer.json());
  for (const end of await Promise.all(ends)) expect(end).toMatch(/^4004 .*renewed/);
  keys = { ...keysOf({ hub: renewed.urls.hub, obs: renewed.urls['obs/full'] }), port: before.port };
  expect(keys.token).toBe(renewed.token);
  for (const old of [before.token, before.viewersToken])
    for (const door of doors) refused(await ask(knock(door, old, keys)), nameOf(door), tokenRefusals);
  expect((await ask(knock(doors[0] as Door, keys.token, keys))).status).not.toBe(403);
  const file = join(folder, 'token');
  expect(readFileSync(file, 'utf8').trim()).toBe(keys.token);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  await expect.poll(() => engine.lines.at(-1)).toContain(keys.token);
});
