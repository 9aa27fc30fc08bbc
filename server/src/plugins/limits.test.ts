import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../clock.ts';
import type { Config } from '../config/config.ts';
import type { KyselyDatabase } from '../database/kysely-database.ts';
import { memoryDatabase } from '../database/testing/memory-database.ts';
import { testApp } from '../testing/test-app.ts';

let database: KyselyDatabase;
beforeAll(async () => {
  database = await memoryDatabase();
});
afterAll(() => database.close());

async function withLimits(
  config: Partial<Config>,
  run: (app: Awaited<ReturnType<typeof testApp>>) => Promise<void>,
) {
  const app = await testApp({ parts: { database }, config });
  try {
    await run(app);
  } finally {
    await app.close();
  }
}

describe('by address', () => {
  const three = { requestsPerMinute: { byAddress: 3, byAccount: 1000 } };

  test('the next is refused until the minute is over, also where nothing is', async () => {
    await withLimits(three, async (app) => {
      const call = (path: string, remoteAddress = '192.0.2.1') => app.call('GET', path, { remoteAddress });
      for (const path of ['/health/live', '/nothing', '/api/v1/users/me'])
        expect((await call(path)).status).not.toBe(429);
      const refused = await call('/health/live');
      expect(refused).toMatchObject({ status: 429, json: { code: 'too-many-requests' } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect((await call('/health/live', '192.0.2.2')).status).toBe(200);
      app.wait(minutes(1));
      expect((await call('/health/live')).status).toBe(200);
    });
  });

  test('an IPv6 network of 64 bits is one', async () => {
    await withLimits(three, async (app) => {
      const call = (remoteAddress: string) => app.call('GET', '/health/live', { remoteAddress });
      for (const end of ['1', '2', 'ffff:1:2:3']) expect((await call(`2001:db8::${end}`)).status).toBe(200);
      expect((await call('2001:db8::4')).status).toBe(429);
      expect((await call('2001:db8:0:1::1')).status).toBe(200);
    });
  });

  test('X-Forwarded-For is nobody’s word unless a proxy is trusted', async () => {
    const spoof = (
      app: Awaited<ReturnType<typeof testApp>>,
      forwarded: string,
      remoteAddress = '192.0.2.1',
    ) => app.call('GET', '/health/live', { remoteAddress, headers: { 'x-forwarded-for': forwarded } });
    await withLimits(three, async (app) => {
      for (let turn = 0; turn < 3; turn += 1)
        expect((await spoof(app, `198.51.100.${turn}`)).status).toBe(200);
      expect((await spoof(app, '198.51.100.99')).status).toBe(429);
    });
    await withLimits({ ...three, trustProxy: ['10.0.0.1'] }, async (app) => {
      // Through the proxy everybody is himself, however many addresses he puts in front.
      for (let turn = 0; turn < 3; turn += 1)
        expect((await spoof(app, `203.0.113.${turn}, 198.51.100.7`, '10.0.0.1')).status).toBe(200);
      expect((await spoof(app, '203.0.113.9, 198.51.100.7', '10.0.0.1')).status).toBe(429);
      expect((await spoof(app, '198.51.100.8', '10.0.0.1')).status).toBe(200);
      // Past the proxy nobody is believed.
      for (let turn = 0; turn < 3; turn += 1)
        expect((await spoof(app, `198.51.100.2${turn}`)).status).toBe(200);
      expect((await spoof(app, '198.51.100.30')).status).toBe(429);
    });
    await withLimits({ ...three, trustProxy: 1 }, async (app) => {
      for (let turn = 0; turn < 3; turn += 1)
        expect((await spoof(app, `203.0.113.${turn}, 198.51.100.7`)).status).toBe(200);
      expect((await spoof(app, '203.0.113.9, 198.51.100.7')).status).toBe(429);
    });
  });
});

test('by account, from wherever it calls', async () => {
  await withLimits({ requestsPerMinute: { byAddress: 1000, byAccount: 3 } }, async (app) => {
    const user = await app.makeUser();
    const call = (remoteAddress: string) => user.call('GET', '/api/v1/users/me', { remoteAddress });
    for (let turn = 0; turn < 3; turn += 1) expect((await call(`192.0.2.${turn}`)).status).toBe(200);
    expect((await call('192.0.2.9')).status).toBe(429);
    expect((await (await app.makeUser()).call('GET', '/api/v1/users/me')).status).toBe(200);
  });
});

test('routes that are worth attacking have less', async () => {
  await withLimits({}, async (app) => {
    const ask = () =>
      app.call('POST', '/api/v1/auth/device', { body: { deviceName: 'Rig' }, remoteAddress: '192.0.2.1' });
    for (let turn = 0; turn < 20; turn += 1) expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(429);
  });
});
