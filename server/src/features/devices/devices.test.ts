import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days, minutes, seconds } from '../../clock.ts';
import { type TestApp, type TestUser, testApp } from '../../testing/test-app.ts';
import { newUserCode } from './user-code.ts';

let app: TestApp;
let user: TestUser;
let addresses = 0;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

interface Started {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  verificationUriComplete: string;
  expiresInS: number;
  intervalS: number;
}

async function start(): Promise<Started> {
  user = await app.makeUser();
  const remoteAddress = `203.0.113.${++addresses}`;
  const reply = await app.call('POST', '/api/v1/auth/device', {
    body: { deviceName: 'Rig' },
    remoteAddress,
  });
  expect(reply.status).toBe(200);
  return reply.json as Started;
}

const poll = (deviceCode: string) => app.call('POST', '/api/v1/auth/device/token', { body: { deviceCode } });
const approve = (userCode: string, yes = true, who = user) =>
  who.call('POST', `/api/v1/devices/pairings/${userCode}`, { body: { approve: yes } });

describe('pairing after RFC 8628', () => {
  test('a device is told what the user types where', async () => {
    const started = await start();
    expect(started).toMatchObject({
      verificationUri: 'https://coach.example/pair',
      verificationUriComplete: `https://coach.example/pair?code=${started.userCode}`,
      expiresInS: 900,
      intervalS: 5,
    });
    expect(started.userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  });

  // Section 3.5: each error, how one gets there, and the name that clients of the RFC look for.
  const table: [error: string, arrive: (started: Started) => Promise<void>][] = [
    ['authorization_pending', async () => undefined],
    [
      'slow_down',
      async ({ deviceCode }) => {
        await poll(deviceCode);
        app.wait(seconds(4));
      },
    ],
    ['expired_token', async () => app.wait(minutes(15))],
    [
      'expired_token',
      async ({ userCode }) => {
        await approve(userCode);
        app.wait(minutes(15));
      },
    ],
    [
      'access_denied',
      async ({ userCode }) => {
        expect((await approve(userCode, false)).status).toBe(204);
      },
    ],
    [
      'access_denied',
      async ({ userCode }) => {
        await approve(userCode);
        await app.database.asSystem((trx) =>
          trx.updateTable('users').set({ disabled: true }).where('id', '=', user.id).execute(),
        );
      },
    ],
    [
      'invalid_grant',
      async ({ userCode, deviceCode }) => {
        await approve(userCode);
        expect((await poll(deviceCode)).status).toBe(200);
        app.wait(seconds(6));
      },
    ],
  ];
  test.each(table)('%s', async (error, arrive) => {
    const started = await start();
    await arrive(started);
    const reply = await poll(started.deviceCode);
    expect(reply).toMatchObject({ status: 400, json: { error, code: error } });
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('a device code that never was is an invalid grant', async () => {
    expect(await poll('A'.repeat(43))).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  test('each slow_down makes the interval five seconds longer', async () => {
    const { deviceCode } = await start();
    const errorAfter = async (waitS: number) => {
      app.wait(seconds(waitS));
      return ((await poll(deviceCode)).json as { error: string }).error;
    };
    expect(await errorAfter(0)).toBe('authorization_pending');
    expect(await errorAfter(4)).toBe('slow_down');
    expect(await errorAfter(9)).toBe('slow_down');
    expect(await errorAfter(14)).toBe('slow_down');
    expect(await errorAfter(20)).toBe('authorization_pending');
  });

  test('an approval gives one token, with the scopes of a device and no more', async () => {
    const { deviceCode, userCode } = await start();
    const asked = await user.call('GET', `/api/v1/devices/pairings/${userCode.toLowerCase()}`);
    expect(asked).toMatchObject({
      status: 200,
      json: { deviceName: 'Rig', scopes: ['laps:write', 'references:read'] },
    });
    expect((await approve(userCode.replace('-', ''))).status).toBe(204);
    const polls = await Promise.all([poll(deviceCode), poll(deviceCode), poll(deviceCode)]);
    expect(polls.filter(({ status }) => status === 200)).toHaveLength(1);
    const got = polls.find(({ status }) => status === 200)?.json as { token: string; deviceId: string };
    expect(got).toMatchObject({ userName: user.name, scopes: ['laps:write', 'references:read'] });
    const device = app.callWithHeaders({ authorization: `Bearer ${got.token}` });
    for (const path of ['/users/me', '/tokens', '/devices', '/teams'])
      expect(await device('GET', `/api/v1${path}`)).toMatchObject({
        status: 403,
        json: { code: 'wrong-scope' },
      });
    expect((await device('GET', '/api/v1/admin/users')).status).toBe(403);

    expect((await user.call('GET', '/api/v1/devices')).json).toMatchObject({
      items: [{ id: got.deviceId, name: 'Rig' }],
      next: null,
    });
    expect((await user.call('DELETE', `/api/v1/devices/${got.deviceId}`)).status).toBe(204);
    expect((await device('GET', '/api/v1/tokens')).status).toBe(401);
    expect((await user.call('DELETE', `/api/v1/devices/${got.deviceId}`)).status).toBe(404);
  });

  test('a code is answered once, by whoever is signed in, and then it is unknown', async () => {
    const { userCode } = await start();
    expect(
      (await app.call('POST', `/api/v1/devices/pairings/${userCode}`, { body: { approve: true } })).status,
    ).toBe(401);
    expect((await approve(userCode)).status).toBe(204);
    expect((await approve(userCode, false)).status).toBe(404);
    expect((await user.call('GET', `/api/v1/devices/pairings/${userCode}`)).status).toBe(404);
  });

  test('guessing codes is stopped after a few, also for a right one', async () => {
    const { userCode } = await start();
    const guesser = await app.makeUser();
    const statuses = [];
    for (let turn = 0; turn < 8; turn += 1)
      statuses.push((await guesser.call('GET', `/api/v1/devices/pairings/${newUserCode()}`)).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 429, 429]);
    expect((await approve(userCode, true, guesser)).status).toBe(429);
    expect((await approve(userCode)).status).toBe(204);
  });
});

describe('tokens', () => {
  test('are shown once, listed by their beginning, and end when revoked or run out', async () => {
    const owner = await app.makeUser();
    const made = await owner.call('POST', '/api/v1/tokens', {
      body: { name: 'Grafana', scopes: ['laps:read'], expiresInDays: 7 },
    });
    expect(made.status).toBe(201);
    const { token, id, prefix } = made.json as { token: string; id: string; prefix: string };
    expect(token).toMatch(/^rc_[A-Za-z0-9_-]{43}$/);
    expect(token.startsWith(prefix)).toBe(true);
    const list = (await owner.call('GET', '/api/v1/tokens')).json as { items: Record<string, unknown>[] };
    expect(list.items).toMatchObject([
      { id, kind: 'personal', name: 'Grafana', prefix, scopes: ['laps:read'], current: false },
      { kind: 'session', current: true },
    ]);
    expect(JSON.stringify(list)).not.toContain(token);
    const bearer = app.callWithHeaders({ authorization: `Bearer ${token}` });
    expect((await bearer('GET', '/api/v1/users/me')).status).toBe(403);
    app.wait(days(7));
    expect((await bearer('GET', '/api/v1/users/me')).status).toBe(401);
    const stranger = await app.makeUser();
    expect((await stranger.call('DELETE', `/api/v1/tokens/${id}`)).status).toBe(404);
  });

  test('are given no scope that only a session has', async () => {
    const owner = await app.makeUser();
    const make = (scopes: string[], who = owner) =>
      who.call('POST', '/api/v1/tokens', { body: { name: 'x', scopes } });
    for (const scope of ['account', 'teams', 'admin']) expect((await make([scope])).status).toBe(422);
    expect((await make(['metrics'])).status).toBe(403);
    expect((await make(['metrics'], await app.makeUser({ role: 'admin' }))).status).toBe(201);
  });

  test('all but this one end at once', async () => {
    const owner = await app.makeUser();
    const other = await owner.callWith('laps:read');
    expect((await owner.call('DELETE', '/api/v1/tokens')).status).toBe(204);
    expect((await other('GET', '/api/v1/users/me')).status).toBe(401);
    expect((await owner.call('GET', '/api/v1/users/me')).status).toBe(200);
  });

  test('come in pages that neither repeat nor leave out', async () => {
    const owner = await app.makeUser();
    for (let turn = 0; turn < 5; turn += 1) await owner.callWith('laps:read');
    const seen: string[] = [];
    let after = '';
    do {
      const query = after === '' ? '' : `&after=${after}`;
      const page = (await owner.call('GET', `/api/v1/tokens?limit=2${query}`)).json as {
        items: { id: string }[];
        next: string | null;
      };
      seen.push(...page.items.map(({ id }) => id));
      after = page.next ?? '';
    } while (after !== '');
    expect(new Set(seen).size).toBe(6);
    expect(seen).toHaveLength(6);
    for (const bad of ['x', 'IjEi', 'bnVsbA'])
      expect(await owner.call('GET', `/api/v1/tokens?after=${bad}`)).toMatchObject({
        status: 400,
        json: { code: 'bad-cursor' },
      });
  });
});
