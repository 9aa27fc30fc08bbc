/** Every error is a problem of the list, and nothing internal is in it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { type ProblemCode, problem } from '@racing-coach/contract/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { Feature } from '../features/feature.ts';
import { ProblemError } from '../problem-error.ts';
import { type CallOptions, type TestApp, testApp } from '../testing/test-app.ts';

const secret = 'hunter2-and-more';
const thrown: Record<string, () => unknown> = {
  error: () => new Error(`the password is ${secret}`),
  type: () => new TypeError(`cannot read ${secret}`),
  text: () => secret,
  nothing: () => undefined,
  status: () => Object.assign(new Error(secret), { statusCode: 404 }),
  code: () => Object.assign(new Error(secret), { code: '23505', detail: secret, parameters: [secret] }),
  cause: () => new Error('outer', { cause: new Error(secret) }),
  problem: () => new ProblemError('internal', { cause: new Error(secret) }),
  gone: () => Object.assign(new Error(secret), { code: 'ECONNREFUSED' }),
};

const misbehaving: Feature = {
  name: 'misbehaving',
  at: 'api',
  routes(app) {
    const config = { access: 'anyone' } as const;
    app.get(
      '/throws/:what',
      { config, schema: { params: z.object({ what: z.string() }) } },
      async (request) => {
        throw thrown[request.params.what]?.();
      },
    );
    app.get('/lies', { config, schema: { response: { 200: z.object({ fine: z.string() }) } } }, async () => ({
      fine: secret.length as unknown as string,
      secret,
    }));
    app.get(
      '/slow',
      { config, handlerTimeout: 50 },
      (request) =>
        new Promise((resolve) => {
          const late = setTimeout(resolve, 5000);
          request.signal.addEventListener('abort', () => clearTimeout(late));
        }),
    );
    app.post(
      '/echo',
      {
        config,
        schema: {
          body: z.strictObject({ list: z.array(z.object({ 'a/b~c': z.number() })) }),
          querystring: z.object({ n: z.coerce.number().int().default(1) }),
        },
      },
      async (request) => request.body,
    );
  },
};

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ moreFeatures: [misbehaving] });
});
afterAll(() => app.close());

async function expectProblem(code: ProblemCode, method: string, path: string, options: CallOptions = {}) {
  const reply = await app.call(method, path, options);
  expect(reply.headers['content-type']).toBe('application/problem+json');
  const body = problem.parse(reply.json);
  expect(body).toMatchObject({ code, status: reply.status });
  return { reply, body };
}

test.each(Object.keys(thrown))('what a handler throws (%s) stays inside', async (what) => {
  const code = what === 'gone' ? 'unavailable' : 'internal';
  const { reply, body } = await expectProblem(code, 'GET', `/api/v1/throws/${what}`);
  expect(reply.bytes.toString()).not.toContain(secret);
  expect(Object.keys(body).sort()).toEqual(['code', 'requestId', 'status', 'title', 'type']);
  expect(reply.headers['x-request-id']).toBe(body.requestId);
  expect(app.log()).toContain(body.requestId);
});

test('an answer that is not what its schema says is an error, not an answer', async () => {
  const { reply } = await expectProblem('internal', 'GET', '/api/v1/lies');
  expect(reply.bytes.toString()).not.toContain(secret);
});

test('a handler that takes too long is answered for', async () => {
  await expectProblem('busy', 'GET', '/api/v1/slow');
});

const echo = '/api/v1/echo';
const json = { 'content-type': 'application/json' };
const bytes = (text: string) => Buffer.from(text);
const refused: [code: ProblemCode, method: string, path: string, options?: CallOptions][] = [
  ['not-found', 'GET', '/nothing'],
  ['not-found', 'GET', '/api/v1/echo/'],
  ['not-found', 'GET', '//health/live'],
  ['method-not-allowed', 'GET', echo],
  ['method-not-allowed', 'DELETE', '/health/live'],
  ['bad-request', 'GET', '/api/v1/%'],
  ['bad-json', 'POST', echo, { headers: json, body: bytes('{"list":') }],
  ['bad-json', 'POST', echo, { headers: json, body: bytes('') }],
  ['bad-json', 'POST', echo, { headers: json, body: bytes('{"__proto__":{"x":1},"list":[]}') }],
  ['wrong-type', 'POST', echo, { headers: { 'content-type': 'text/html' }, body: bytes('x') }],
  ['wrong-type', 'POST', echo, { headers: { ...json, 'content-encoding': 'compress' }, body: bytes('x') }],
  ['bad-request', 'POST', echo, { headers: { ...json, 'content-encoding': 'gzip' }, body: bytes('x') }],
  ['too-large', 'POST', echo, { headers: json, body: bytes(`"${'x'.repeat(70_000)}"`) }],
  ['invalid', 'POST', echo, { body: { list: 1 } }],
  ['invalid', 'POST', echo],
];
test.each(refused)('%s: %s %s', async (code, method, path, options) => {
  await expectProblem(code, method, path, options ?? {});
});

test('what is typed wrongly is told with a pointer into its part', async () => {
  const { body } = await expectProblem('invalid', 'POST', echo, { body: { list: [{ 'a/b~c': 'x' }] } });
  expect(body.issues).toMatchObject([{ in: 'body', pointer: '/list/0/a~1b~0c' }]);
  const query = await expectProblem('invalid', 'POST', `${echo}?n=x`, { body: { list: [] } });
  expect(query.body.issues).toMatchObject([{ in: 'query', pointer: '/n' }]);
});

test('405 says which methods are taken', async () => {
  expect((await app.call('DELETE', '/health/live')).headers['allow']).toBe('GET, HEAD');
});

test('a route that does not say who may call it stops the start', async () => {
  const open: Feature = {
    name: 'open',
    at: 'api',
    routes: (scope) => void scope.get('/open', async () => 1),
  };
  await expect(testApp({ moreFeatures: [open] })).rejects.toThrow(
    'GET /api/v1/open does not say who may call it',
  );
});

test('a bomb of 200 kB that unpacks to 200 MB is refused while memory stays flat', async () => {
  const megabyte = Buffer.alloc(1_000_000, 0x20);
  const gzip = Readable.from(Array.from({ length: 200 }, () => megabyte)).pipe(createGzip({ level: 9 }));
  const bomb = Buffer.concat(await gzip.toArray());
  expect(bomb.length).toBeLessThan(250_000);
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  await expectProblem('too-large', 'POST', echo, {
    headers: { ...json, 'content-encoding': 'gzip' },
    body: bomb,
  });
  expect(process.memoryUsage.rss() - before).toBeLessThan(50_000_000);
});

test('a packed body within the limit is read, and a long answer is packed', async () => {
  const list = Array.from({ length: 2000 }, () => ({ 'a/b~c': 1 }));
  const body = gzipSync(JSON.stringify({ list }));
  const headers = { ...json, 'content-encoding': 'gzip', 'accept-encoding': 'gzip' };
  const reply = await app.call('POST', echo, { headers, body });
  expect(reply).toMatchObject({ status: 200, headers: { 'content-encoding': 'gzip' } });
});

test('what is no HTTP is answered on the socket', async () => {
  await app.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write('NONSENSE\r\n\r\n');
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  await once(socket, 'close');
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(text).toContain('application/problem+json');
  expect(text).toContain('"code":"bad-request"');
});
