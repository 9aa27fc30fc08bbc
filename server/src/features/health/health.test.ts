import { afterAll, expect, test } from 'vitest';
import { testApp } from '../../testing/test-app.ts';

const app = await testApp();
afterAll(() => app.close());

test('live and ready answer without signing in', async () => {
  for (const path of ['/health/live', '/health/ready'])
    expect(await app.call('GET', path)).toMatchObject({ status: 200, json: { status: 'ok' } });
});

test('not ready while the database does not answer, and the reply does not say why', async () => {
  const broken = await testApp({
    parts: {
      database: new Proxy(app.database, {
        get: (database, name) =>
          name === 'ping' ? () => Promise.reject(new Error('password=hunter2')) : Reflect.get(database, name),
      }),
    },
  });
  const reply = await broken.call('GET', '/health/ready');
  expect(reply).toMatchObject({ status: 503, json: { code: 'unavailable' } });
  expect(reply.bytes.toString()).not.toContain('hunter2');
  expect((await broken.call('GET', '/health/live')).status).toBe(200);
  await broken.close();
});
