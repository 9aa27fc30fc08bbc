import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../testing/test-app.ts';

let collector: Server;
let tracesUrl: string;
const got: { path: string; body: string }[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      got.push({ path: request.url ?? '', body });
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  tracesUrl = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => collector.close());

test('each request is a span with its route, sent when the server closes at the latest', async () => {
  const app = await testApp({ config: { tracesUrl } });
  const user = await app.makeUser();
  const reply = await user.call('GET', '/api/v1/devices/pairings/BCDF-GHJK?secret=query');
  expect(reply.status).toBe(404);
  await app.close();
  expect(got.map(({ path }) => path)).toEqual(['/v1/traces']);
  const { body } = got[0] ?? { body: '' };
  expect(body).toContain('GET /api/v1/devices/pairings/:userCode');
  expect(body).toContain('http.response.status_code');
  expect(body).toContain('racing-coach-server');
  expect(body).toContain(String(reply.headers['x-request-id']));
  for (const hidden of ['BCDF', 'secret', user.email]) expect(body).not.toContain(hidden);
});

test('a collector that is gone stops nobody', async () => {
  const app = await testApp({ config: { tracesUrl: 'http://127.0.0.1:9' } });
  expect((await app.call('GET', '/health/live')).status).toBe(200);
  await app.close();
});
