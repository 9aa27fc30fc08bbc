import { afterAll, expect, test } from 'vitest';
import { testApp } from '../../testing/test-app.ts';

const app = await testApp();
afterAll(() => app.close());

test('a paired device learns which server it is, the same each time, and may take its own token back', async () => {
  const { id } = await app.makeUser();
  const token = await app.makeToken(id, { kind: 'device', scopes: ['laps:write'] });
  const call = app.callWithHeaders({ authorization: `Bearer ${token}` });
  const first = await call('GET', '/api/v1/server');
  expect(first).toMatchObject({ status: 200, json: { version: '0.0.0' } });
  expect((await call('GET', '/api/v1/server')).json).toEqual(first.json);
  expect((await call('POST', '/api/v1/auth/sign-out')).status).toBe(204);
  expect(await call('GET', '/api/v1/server')).toMatchObject({ status: 401, json: { code: 'not-signed-in' } });
});

test('who is not signed in learns nothing', async () => {
  expect(await app.call('GET', '/api/v1/server')).toMatchObject({ status: 401 });
});
