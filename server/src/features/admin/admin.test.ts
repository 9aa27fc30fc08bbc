import { afterAll, beforeAll, expect, test } from 'vitest';
import { hours } from '../../clock.ts';
import { newId } from '../../new-id.ts';
import { type TestApp, type TestUser, testApp } from '../../testing/test-app.ts';

let app: TestApp;
let admin: TestUser;
beforeAll(async () => {
  app = await testApp();
  admin = await app.makeUser({ role: 'admin' });
});
afterAll(() => app.close());

const secretOf = (json: unknown) => /#link=(.+)$/.exec((json as { url: string }).url)?.[1] ?? '';

test('an admin finds, disables and enables accounts', async () => {
  const user = await app.makeUser({ name: 'Zoë 100%_\\' });
  const found = await admin.call('GET', `/api/v1/admin/users?search=${encodeURIComponent('100%_\\')}`);
  expect(found.json).toMatchObject({
    items: [{ id: user.id, email: user.email, disabled: false, laps: 0, bytes: 0 }],
  });
  expect((await admin.call('GET', '/api/v1/admin/users?search=%25%25')).json).toMatchObject({ items: [] });
  const token = await user.callWith('laps:read');
  const change = (disabled: boolean) =>
    admin.call('PATCH', `/api/v1/admin/users/${user.id}`, { body: { disabled } });
  expect((await change(true)).json).toMatchObject({ disabled: true });
  expect((await user.call('GET', '/api/v1/users/me')).status).toBe(401);
  expect((await token('GET', '/api/v1/users/me')).status).toBe(401);
  expect((await change(false)).json).toMatchObject({ disabled: false });
  // His tokens are good again; sessions in browsers are not.
  expect((await token('GET', '/api/v1/users/me')).status).toBe(403);
  expect((await user.call('GET', '/api/v1/users/me')).status).toBe(401);
});

test('the last admin can be neither disabled, nor demoted, nor removed', async () => {
  const place = `/api/v1/admin/users/${admin.id}`;
  const lastAdmin = { status: 409, json: { code: 'last-admin' } };
  expect(await admin.call('PATCH', place, { body: { disabled: true } })).toMatchObject(lastAdmin);
  expect(await admin.call('PATCH', place, { body: { role: 'user' } })).toMatchObject(lastAdmin);
  expect(await admin.call('DELETE', place)).toMatchObject(lastAdmin);
  const second = await app.makeUser({ role: 'admin' });
  expect((await admin.call('PATCH', place, { body: { role: 'user' } })).status).toBe(200);
  expect((await admin.call('GET', '/api/v1/admin/users')).status).toBe(403);
  await second.call('PATCH', place, { body: { role: 'admin' } });
  expect((await second.call('DELETE', `/api/v1/admin/users/${second.id}`)).status).toBe(204);
});

test('links to sign up and to set a password are shown to the admin alone, once', async () => {
  const made = await admin.call('POST', '/api/v1/admin/links', { body: { role: 'user' } });
  expect(made.status).toBe(201);
  expect((made.json as { url: string }).url).toMatch(/^https:\/\/coach\.example\/sign-up#link=/);
  const list = (await admin.call('GET', '/api/v1/admin/links')).json as { items: { id: string }[] };
  expect(list.items).toMatchObject([{ id: (made.json as { id: string }).id, role: 'user' }]);
  expect(JSON.stringify(list)).not.toContain(secretOf(made.json));
  expect((await admin.call('DELETE', `/api/v1/admin/links/${list.items[0]?.id}`)).status).toBe(204);

  const user = await app.makeUser();
  const reset = await admin.call('POST', `/api/v1/admin/users/${user.id}/reset-link`);
  expect(reset.status).toBe(201);
  app.wait(hours(3));
  const late = await app.call('POST', '/api/v1/auth/reset', {
    body: { link: secretOf(reset.json), password: 'some long password' },
  });
  expect(late.status).toBe(410);
  expect((await admin.call('POST', `/api/v1/admin/users/${newId()}/reset-link`)).status).toBe(404);
});

test('jobs and the state of the server', async () => {
  const now = app.now();
  const job = (facts: object) => ({
    id: newId(),
    kind: 'make-metrics',
    created_at: now,
    run_after: now,
    ...facts,
  });
  const failed = job({ failed: true, attempts: 8, problem: 'lap-damaged' });
  const running = job({ leased_until: new Date(now.getTime() + 1000) });
  await app.database.asSystem((trx) =>
    trx
      .insertInto('jobs')
      .values([failed, running, job({})] as never)
      .execute(),
  );
  const states = async (query: string) =>
    (
      (await admin.call('GET', `/api/v1/admin/jobs${query}`)).json as { items: { state: string }[] }
    ).items.map(({ state }) => state);
  expect((await states('')).sort()).toEqual(['failed', 'running', 'waiting']);
  for (const state of ['failed', 'running', 'waiting'])
    expect(await states(`?state=${state}`)).toEqual([state]);
  expect(await admin.call('GET', '/api/v1/admin/status')).toMatchObject({
    status: 200,
    json: { cache: 'memory', jobs: { waiting: 1, running: 1, failed: 1 }, database: { home: 'pglite' } },
  });
  expect((await admin.call('POST', `/api/v1/admin/jobs/${failed.id}/retry`)).status).toBe(204);
  expect((await admin.call('POST', `/api/v1/admin/jobs/${failed.id}/retry`)).status).toBe(404);
});
