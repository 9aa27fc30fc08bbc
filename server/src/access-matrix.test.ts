/** Every route of the application against everybody who may call. The routes come from the application itself. */
import { personalScopes, type Scope, scopes } from '@racing-coach/contract/server';
import { afterAll, describe, expect, test } from 'vitest';
import type { Access } from './access.ts';
import type { Row } from './testing/access-matrix/row.ts';
import { rows } from './testing/access-matrix/rows.ts';
import { makeWorld, signedInActors, type World } from './testing/access-matrix/world.ts';
import { believingAnalysis } from './testing/believing-analysis.ts';
import { type Call, testApp } from './testing/test-app.ts';

const app = await testApp({ parts: { analysis: believingAnalysis().analysis } });
afterAll(() => app.close());
// HEAD is GET without its body; Fastify adds it.
const routes = app.app.routeTable.filter(({ method }) => method !== 'HEAD');
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** Which scope a token needs; null where no token will do. */
const scopeOf = (access: Access): Scope | null =>
  typeof access === 'object' ? access.scope : access === 'metrics' ? 'metrics' : null;

let addresses = 0;
/** From an address of its own, so that limits by address do not answer instead. Loopback where that is what is asked about. */
function callRow(call: Call, name: string, row: Row, world: World) {
  const [method = '', path = ''] = name.split(' ');
  addresses += 1;
  const remoteAddress =
    path === '/metrics' ? '127.0.0.1' : `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return call(method, row.path?.(world) ?? path, {
    ...(row.body === undefined ? {} : { body: row.body(world) }),
    ...(row.headers === undefined ? {} : { headers: row.headers }),
    remoteAddress,
  });
}

test('every route has a row, and no row is left over', () => {
  expect(Object.keys(rows).sort()).toEqual(routes.map(nameOf).sort());
});

test('without signing in only these answer', () => {
  const open = routes.filter(({ access }) => access === 'anyone').map(nameOf);
  expect(open.sort()).toEqual([
    'GET /health/live',
    'GET /health/ready',
    'GET /openapi.json',
    'POST /api/v1/auth/device',
    'POST /api/v1/auth/device/token',
    'POST /api/v1/auth/reset',
    'POST /api/v1/auth/reset/request',
    'POST /api/v1/auth/sign-in',
    'POST /api/v1/auth/sign-up',
  ]);
});

describe.each(routes.map(nameOf))('%s', (name) => {
  const row = rows[name] ?? { gets: {} as Row['gets'] };

  test.each(signedInActors)('for the %s', async (actor) => {
    const world = await makeWorld(app);
    const reply = await callRow(world.users[actor].call, name, row, world);
    expect(reply.status).toBe(row.gets[actor]);
  });
});

const closedRoutes = routes.filter(({ access }) => access !== 'anyone' && access !== 'metrics');

describe.each(closedRoutes.map((route) => [nameOf(route), route.access] as const))('%s', (name, access) => {
  const row = rows[name] ?? { gets: {} as Row['gets'] };

  test('for nobody, and for those who are not let in any more', async () => {
    const world = await makeWorld(app);
    const all = [...scopes];
    const outside: [string, Call][] = [
      ['nobody', app.call],
      ['a disabled user', await world.callAs.disabled()],
      ['a revoked token', await world.callAs.revoked(all)],
      ['an expired token', await world.callAs.expired(all)],
    ];
    for (const [who, call] of outside) {
      const reply = await callRow(call, name, row, world);
      expect([who, reply.status]).toEqual([who, 401]);
      // Before anything is validated or looked up.
      const [method = '', path = ''] = name.split(' ');
      const nonsense = await call(method, path.replace(/:\w+/g, 'nonsense'), {
        body: method === 'GET' ? undefined : { nonsense: true },
      });
      expect([who, nonsense.status]).toEqual([who, 401]);
    }
  });

  test('for a token without and with the scope', async () => {
    const world = await makeWorld(app);
    const scope = scopeOf(access);
    const without = await world.callAs.token(scopes.filter((one) => one !== scope));
    expect((await callRow(without, name, row, world)).status).toBe(403);
    if (scope === null || scope === 'admin' || scope === 'metrics') return;
    const withScope = await world.callAs.token([scope]);
    const reply = await callRow(withScope, name, row, world);
    expect(reply.json).not.toMatchObject({ code: 'wrong-scope' });
    expect(reply.status).not.toBe(401);
  });
});

test('what a personal token may be given opens neither the account, nor teams, nor administration', async () => {
  const world = await makeWorld(app);
  const token = await world.callAs.token([...personalScopes]);
  for (const { method, path, access } of routes) {
    const closed = access === 'admin' || ['account', 'teams', 'admin'].includes(scopeOf(access) ?? '');
    if (!closed) continue;
    const reply = await callRow(
      token,
      `${method} ${path}`,
      rows[`${method} ${path}`] ?? { gets: {} as Row['gets'] },
      world,
    );
    expect([path, reply.status]).toEqual([path, 403]);
  }
});

test('metrics are for this machine, and for an admin’s token with the scope', async () => {
  const far = { remoteAddress: '192.0.2.1' };
  const world = await makeWorld(app);
  expect((await app.call('GET', '/metrics')).bytes.toString()).toContain('http_request_duration_seconds');
  expect((await app.call('GET', '/metrics', far)).status).toBe(401);
  for (const header of ['x-forwarded-for', 'forwarded', 'via'])
    expect((await app.call('GET', '/metrics', { headers: { [header]: '127.0.0.1' } })).status).toBe(401);
  // A page elsewhere whose name was pointed at this machine.
  expect((await app.call('GET', '/metrics', { headers: { host: 'evil.example' } })).status).toBe(401);
  expect((await (await world.callAs.token(['metrics']))('GET', '/metrics', far)).status).toBe(403);
  expect((await (await world.users.admin.callWith('metrics'))('GET', '/metrics', far)).status).toBe(200);
  expect((await (await world.users.admin.callWith('laps:read'))('GET', '/metrics', far)).status).toBe(403);
});
