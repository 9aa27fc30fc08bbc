/** From which sites a browser's session may change something. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Config } from '../config/config.ts';
import type { Feature } from '../features/feature.ts';
import { sessionCookieName } from '../identity/session-cookie.ts';
import { type TestApp, type TestUser, testApp } from '../testing/test-app.ts';

const socketFeature: Feature = {
  name: 'socket',
  at: 'api',
  routes: (app) =>
    void app.get('/socket', { websocket: true, config: { access: { scope: 'account' } } }, (socket) => {
      socket.send('hello');
    }),
};

let app: TestApp;
let user: TestUser;
beforeAll(async () => {
  app = await testApp({ moreFeatures: [socketFeature], config: { corsOrigins: ['https://friend.example'] } });
  user = await app.makeUser();
});
afterAll(() => app.close());

const rename = (headers: Record<string, string>) =>
  user.call('PATCH', '/api/v1/users/me', { headers, body: { name: 'Renamed' } });

describe('what changes something', () => {
  test.each([
    ['its own origin', { origin: 'https://coach.example' }, 200],
    ['an origin of the configuration', { origin: 'https://friend.example' }, 200],
    ['no browser', {}, 200],
    ['its own page without an origin', { 'sec-fetch-site': 'same-origin' }, 200],
    ['typed by the user', { 'sec-fetch-site': 'none' }, 200],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a neighbour under the same domain', { origin: 'https://evil.coach.example' }, 403],
    ['the same name without TLS', { origin: 'http://coach.example' }, 403],
    ['another port', { origin: 'https://coach.example:8443' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['an empty origin', { origin: '' }, 403],
    ['another site that sends no origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbour that sends no origin', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site that claims our host', { origin: 'https://evil.example', host: 'evil.example' }, 403],
  ])('from %s', async (_who, headers, status) => {
    const reply = await rename(headers);
    expect(reply.status).toBe(status);
    if (status === 403) expect(reply.json).toMatchObject({ code: 'wrong-origin' });
  });

  test('signing in is guarded as well: nobody is signed in as somebody else by a foreign page', async () => {
    const reply = await app.call('POST', '/api/v1/auth/sign-in', {
      headers: { origin: 'https://evil.example' },
      body: { email: user.email, password: 'whatever it is' },
    });
    expect(reply).toMatchObject({ status: 403, json: { code: 'wrong-origin' } });
  });

  test('reading is not: what a foreign page asks for it cannot see', async () => {
    const reply = await user.call('GET', '/api/v1/users/me', { headers: { origin: 'https://evil.example' } });
    expect(reply.status).toBe(200);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    expect(reply.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  test('a bearer token needs no origin: no page has it', async () => {
    const token = await app.makeToken(user.id, { kind: 'personal', scopes: ['account'] });
    const reply = await app.callWithHeaders({ authorization: `Bearer ${token}` })(
      'PATCH',
      '/api/v1/users/me',
      {
        headers: { origin: 'https://evil.example' },
        body: { name: 'Renamed' },
      },
    );
    expect(reply.status).toBe(200);
  });
});

describe('other sites', () => {
  const preflight = (origin: string) =>
    app.call('OPTIONS', '/api/v1/users/me', {
      headers: { origin, 'access-control-request-method': 'PATCH' },
    });

  test('of the configuration may call, others are not told that they may', async () => {
    expect(await preflight('https://friend.example')).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://friend.example',
        'access-control-allow-credentials': 'true',
      },
    });
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).not.toBe(
      'https://evil.example',
    );
  });

  test('without a configuration nobody is', async () => {
    const closed = await testApp({ parts: { database: app.database } });
    const reply = await closed.call('OPTIONS', '/api/v1/users/me', {
      headers: { origin: 'https://friend.example', 'access-control-request-method': 'PATCH' },
    });
    expect(reply.status).toBe(405);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    await closed.close();
  });
});

describe('without PUBLIC_URL', () => {
  const allowed = async (config: Partial<Config>, headers: Record<string, string>) => {
    const local = await testApp({
      parts: { database: app.database },
      config: { publicUrl: null, ...config },
    });
    const cookie = `${sessionCookieName}=${await local.makeToken(user.id, { kind: 'session' })}`;
    const call = local.callWithHeaders({ cookie, ...headers });
    const { status } = await call('PATCH', '/api/v1/users/me', { body: { name: 'x' } });
    await local.close();
    return status === 200;
  };
  const at = (host: string, origin = `http://${host}`) => ({ host, origin });

  test('this machine’s own names are the server’s, each for itself', async () => {
    for (const host of ['127.0.0.1:8484', 'localhost:8484', '[::1]:8484'])
      expect(await allowed({}, at(host))).toBe(true);
    expect(await allowed({}, at('127.0.0.1:8484', 'http://127.0.0.1:9999'))).toBe(false);
    // A name that was pointed at 127.0.0.1 after its page was loaded.
    expect(await allowed({}, at('evil.example:8484'))).toBe(false);
  });

  test('behind a proxy it is the host that was asked, over TLS', async () => {
    const config = { trustProxy: ['127.0.0.1'] };
    expect(await allowed(config, at('coach.example', 'https://coach.example'))).toBe(true);
    expect(await allowed(config, at('coach.example', 'http://coach.example'))).toBe(false);
    expect(await allowed(config, at('coach.example', 'https://evil.example'))).toBe(false);
  });
});

test('a socket is opened from its own site alone', async () => {
  await app.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.app.server.address() as AddressInfo;
  const cookie = `${sessionCookieName}=${await app.makeToken(user.id, { kind: 'session' })}`;
  const open = async (headers: Record<string, string>) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/socket`, { headers });
    const outcome = await Promise.race([
      once(socket, 'message').then(() => 101),
      once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number),
    ]);
    socket.on('error', () => undefined);
    socket.terminate();
    return outcome;
  };
  expect(await open({ cookie, origin: 'https://coach.example' })).toBe(101);
  expect(await open({ cookie, origin: 'https://evil.example' })).toBe(403);
  expect(await open({ origin: 'https://coach.example' })).toBe(401);
  const token = await app.makeToken(user.id, { kind: 'personal', scopes: ['account'] });
  expect(await open({ authorization: `Bearer ${token}` })).toBe(101);
});
