import { expect, test } from 'vitest';
import { testApp } from '../testing/test-app.ts';

test('a server that lags turns requests away, says when to come back, and is still alive', async () => {
  const app = await testApp({ config: { busyDelayMs: 60 } });
  /** Holds the event loop up, as too much work does. */
  const hold = setInterval(() => {
    const until = performance.now() + 200;
    while (performance.now() < until);
  }, 1);
  await expect
    .poll(() => app.call('GET', '/api/v1/users/me'), { timeout: 20_000 })
    .toMatchObject({ status: 503, json: { code: 'busy' }, headers: { 'retry-after': '5' } });
  expect((await app.call('GET', '/health/live')).status).toBe(200);
  expect((await app.call('GET', '/health/ready')).status).toBe(503);
  clearInterval(hold);
  await expect
    .poll(async () => (await app.call('GET', '/health/ready')).status, { timeout: 20_000 })
    .toBe(200);
  await app.close();
});
