/** Two servers on one PostgreSQL and one Redis are one server to whoever calls. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  postgresMissing,
  startPostgres,
  type TestPostgres,
} from '../../server/src/database/testing/start-postgres.ts';
import { type RunningRedis, redisIsThere, startRedis } from '../../server/src/testing/start-redis.ts';
import { someSession } from '../../server/src/testing/uploads.ts';
import { killServers, post, startServer } from './server-process.ts';

const missing = postgresMissing() ?? (redisIsThere ? null : 'no redis-server is installed');
if (missing !== null) console.log(`skipped: two servers: ${missing}`);

const password = 'correct horse battery';
type Server = Awaited<ReturnType<typeof startServer>>;

describe.skipIf(missing !== null)('two servers', () => {
  let postgres: TestPostgres;
  let redis: RunningRedis;
  let servers: [Server, Server];
  let cookie: string;

  beforeAll(async () => {
    [postgres, redis] = [await startPostgres(), await startRedis()];
    const env = { DATABASE_URL: await postgres.newDatabase(), REDIS_URL: redis.url };
    const limits = { REQUESTS_PER_MINUTE_BY_ACCOUNT: '40' };
    // Both at once on an empty database: one migrates, the other waits for it.
    servers = await Promise.all([
      startServer([], { ...env, ...limits }),
      startServer([], { ...env, ...limits }),
    ]);
    const link = servers[0].signUp?.split('#link=')[1];
    const account = { link, email: 'boss@test.example', name: 'Boss', password };
    expect((await post(`${servers[0].api}/api/v1/auth/sign-up`, account)).status).toBe(202);
    const signIn = await post(`${servers[1].api}/api/v1/auth/sign-in`, { email: account.email, password });
    cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers?.map(({ stop }) => stop()) ?? []);
    killServers();
    await redis?.close();
    await postgres?.remove();
  });

  const get = (server: Server, path: string) => fetch(`${server.api}${path}`, { headers: { cookie } });

  test('a session is good on both, and ends on both at once', async () => {
    for (const server of servers) expect((await get(server, '/api/v1/users/me')).status).toBe(200);
    const signIn = await post(`${servers[0].api}/api/v1/auth/sign-in`, {
      email: 'boss@test.example',
      password,
    });
    const other = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const out = await fetch(`${servers[1].api}/api/v1/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: other },
    });
    expect(out.status).toBe(204);
    expect((await fetch(`${servers[0].api}/api/v1/users/me`, { headers: { cookie: other } })).status).toBe(
      401,
    );
  });

  test('a link is used up on both', async () => {
    const made = await post(`${servers[0].api}/api/v1/admin/links`, { role: 'user' }, { cookie });
    const link = ((await made.json()) as { url: string }).url.split('#link=')[1];
    const signUp = (server: Server, email: string) =>
      post(`${server.api}/api/v1/auth/sign-up`, { link, email, name: 'N', password });
    const replies = await Promise.all([
      signUp(servers[0], 'one@test.example'),
      signUp(servers[1], 'two@test.example'),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 410]);
  });

  test('failures on one lock on the other', async () => {
    const statuses = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const { api } = servers[turn % 2] as Server;
      const body = { email: 'nobody@test.example', password: 'wrong password' };
      statuses.push((await post(`${api}/api/v1/auth/sign-in`, body)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
  });

  test('what is sent to one is told on the other', async () => {
    const address = servers[1].api.replace('http', 'ws');
    const socket = new WebSocket(`${address}/api/v1/live`, { headers: { cookie } });
    const heard: string[] = [];
    socket.on('message', (data) => heard.push((JSON.parse(String(data)) as { type: string }).type));
    await once(socket, 'open');
    await expect.poll(() => heard).toContain('hello');
    const sent = await fetch(`${servers[0].api}/api/v1/uploads/sessions/s1`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(someSession),
    });
    expect(sent.status).toBe(200);
    await expect.poll(() => heard, { timeout: 10_000 }).toContain('session.changed');
    socket.terminate();
    const list = (await (await get(servers[1], '/api/v1/sessions')).json()) as { items: object[] };
    expect(list.items).toHaveLength(1);
  });

  test('both go on without Redis, and say so', async () => {
    await redis.kill();
    for (const server of servers) {
      await expect
        .poll(
          async () => ((await (await get(server, '/api/v1/admin/status')).json()) as { cache: string }).cache,
        )
        .toBe('redis-gone');
      expect((await get(server, '/api/v1/sessions')).status).toBe(200);
    }
    await redis.start();
    for (const server of servers)
      await expect
        .poll(
          async () => ((await (await get(server, '/api/v1/admin/status')).json()) as { cache: string }).cache,
          {
            timeout: 20_000,
          },
        )
        .toBe('redis');
  });

  test('limits are of both together', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 60 }, (_, turn) =>
        get(servers[turn % 2] as Server, '/api/v1/users/me').then(({ status }) => status),
      ),
    );
    // Sixty fall into two minutes at most.
    expect(statuses).toContain(429);
  });
});
