/** What the log holds of requests, and what it must never hold. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLink } from '../identity/links.ts';
import { sessionCookieName } from '../identity/session-cookie.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ config: { logLevel: 'trace' } });
});
afterAll(() => app.close());

interface Line {
  msg: string;
  requestId: string;
  route: string | null;
  status: number;
  [name: string]: unknown;
}
const lines = () =>
  app
    .log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test('a line for each answer: route, status, time, user, id of the request', async () => {
  const user = await app.makeUser();
  const reply = await user.call('GET', '/api/v1/users/me?secret=in-the-query');
  const line = lines().find(({ requestId }) => requestId === reply.headers['x-request-id']);
  expect(line).toMatchObject({
    msg: 'request',
    method: 'GET',
    route: '/api/v1/users/me',
    status: 200,
    userId: user.id,
    durationMs: expect.any(Number),
    bytesIn: expect.any(Number),
    bytesOut: expect.any(Number),
  });
  const refused = await user.call('GET', '/api/v1/devices/pairings/BCDF-GHJK');
  expect(lines().find(({ requestId }) => requestId === refused.headers['x-request-id'])).toMatchObject({
    route: '/api/v1/devices/pairings/:userCode',
    status: 404,
    problem: 'not-found',
  });
  expect(app.log()).not.toContain('in-the-query');
  expect(app.log()).not.toContain('BCDF-GHJK');
});

test('bytes are those of the wire, each request its own on a connection that is kept', async () => {
  await app.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.app.server.address() as AddressInfo;
  const sizes: number[] = [];
  for (const length of [10, 5000]) {
    const sent = request({ port, method: 'POST', path: '/api/v1/auth/device', agent: undefined });
    sent.setHeader('content-type', 'application/json');
    sent.end(JSON.stringify({ deviceName: 'x'.repeat(length) }));
    const [response] = await once(sent, 'response');
    response.resume();
    await once(response, 'end');
    const id = response.headers['x-request-id'];
    await expect.poll(() => lines().some(({ requestId }) => requestId === id)).toBe(true);
    sizes.push(Number(lines().find(({ requestId }) => requestId === id)?.['bytesIn']));
  }
  expect(sizes[0]).toBeGreaterThan(100);
  expect(sizes[0]).toBeLessThan(1000);
  expect(sizes[1]).toBeGreaterThan(5000);
  expect(sizes[1]).toBeLessThan(6000);
});

test('no password, token, code, cookie or link of anybody is in it, at any level', async () => {
  const password = 'a-password-for-the-log';
  const secrets = [password, 'another-password-for-the-log'];
  const admin = await app.makeUser({ role: 'admin' });
  const session = await app.makeToken(admin.id, { kind: 'session' });
  const call = app.callWithHeaders({ cookie: `${sessionCookieName}=${session}` });
  const link = await app.database.asSystem((trx) =>
    makeLink(trx, { kind: 'sign-up', role: 'user', createdBy: null }, app.now()),
  );
  secrets.push(session, link.secret);
  const signUp = { link: link.secret, email: 'logged@test.example', name: 'L', password };
  await app.call('POST', '/api/v1/auth/sign-up', { body: signUp });
  const signedIn = await app.call('POST', '/api/v1/auth/sign-in', {
    body: { email: signUp.email, password },
  });
  expect(signedIn.status).toBe(200);
  secrets.push(/=(rc_[^;]+)/.exec(String(signedIn.headers['set-cookie']))?.[1] ?? '');
  await app.call('POST', '/api/v1/auth/sign-in', {
    body: { email: signUp.email, password: 'another-password-for-the-log' },
  });
  await app.call('POST', '/api/v1/auth/sign-in', {
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(`{"password": "${password}`),
  });
  const token = (await call('POST', '/api/v1/tokens', { body: { name: 't', scopes: ['laps:read'] } })).json;
  const pairing = (await app.call('POST', '/api/v1/auth/device', { body: { deviceName: 'Rig' } })).json;
  const { userCode, deviceCode } = pairing as { userCode: string; deviceCode: string };
  await call('POST', `/api/v1/devices/pairings/${userCode}`, { body: { approve: true } });
  const device = (await app.call('POST', '/api/v1/auth/device/token', { body: { deviceCode } })).json;
  const made = (await call('POST', '/api/v1/admin/links', { body: {} })).json as { url: string };
  secrets.push(
    (token as { token: string }).token,
    (device as { token: string }).token,
    userCode,
    deviceCode,
    made.url.split('#link=')[1] ?? '',
  );
  await app.callWithHeaders({ authorization: `Bearer ${secrets[4]}` })(
    'GET',
    `/api/v1/${secrets[3]}?t=${secrets[2]}`,
  );
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  const log = app.log();
  expect(log.length).toBeGreaterThan(1000);
  for (const secret of secrets) expect(log).not.toContain(secret);
  expect(log).not.toContain('argon2id');
});
