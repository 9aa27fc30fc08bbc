import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { AnswerTooLarge, guardedFetch } from './guarded-fetch.ts';
import { ServerRequests } from './server-requests.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function listen(server: Server & { closeAllConnections(): void }): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
const serving = async (answer: RequestListener) => `http://127.0.0.1:${await listen(createServer(answer))}`;
const guard = (over: Partial<Parameters<typeof guardedFetch>[0]> = {}) =>
  guardedFetch({
    ...{ token: 'secret', stopped: new AbortController().signal, timeLimitMs: 10_000 },
    ...{ mostBytes: 1000, userAgent: 'test', ...over },
  });
const requestsTo = (url: string) =>
  new ServerRequests({ url, token: 'secret', stopped: new AbortController().signal, now: () => new Date() });

test('the token goes to the server, and no redirect takes it elsewhere', async () => {
  const seen: (string | undefined)[] = [];
  const elsewhere = await serving((request, response) => {
    seen.push(request.headers.authorization);
    response.end();
  });
  const url = await serving((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(307, { location: elsewhere }).end();
  });
  await expect(guard()(new Request(url))).rejects.toThrow();
  expect(seen).toEqual(['Bearer secret']);
  const answer = await requestsTo(url).ask((api) => api.GET('/api/v1/server'));
  expect(answer).toMatchObject({ kind: 'later' });
});

test('an answer without an end does not fill memory', async () => {
  const url = await serving((_, response) => {
    const timer = setInterval(() => response.write('x'.repeat(400)), 1);
    response.on('close', () => clearInterval(timer));
  });
  await expect(guard()(new Request(url))).rejects.toThrow(AnswerTooLarge);
});

test('a server that says nothing is left after the time limit, and at once when all ends', async () => {
  const url = await serving(() => {});
  await expect(guard({ timeLimitMs: 20 })(new Request(url))).rejects.toMatchObject({ name: 'TimeoutError' });
  const stop = new AbortController();
  const asked = guard({ stopped: stop.signal })(new Request(url));
  stop.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

test('a certificate that nobody vouches for: nothing is sent', async ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-tls-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const words = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      certificate,
    ];
    execFileSync('openssl', [...words, ...subject], { stdio: 'ignore' });
  } catch {
    console.log('skipped: a certificate that nobody vouches for: nothing is sent: there is no openssl');
    skip('there is no openssl');
  }
  let asked = 0;
  const answer: RequestListener = (_, response) => {
    asked += 1;
    response.end();
  };
  const tls = { key: readFileSync(key), cert: readFileSync(certificate) };
  const url = `https://127.0.0.1:${await listen(createTlsServer(tls, answer))}`;
  const requests = requestsTo(url);
  const said = await requests.ask((api) => api.GET('/api/v1/server'));
  expect(said).toMatchObject({ kind: 'later', needsSomebody: true, refusal: { code: 'certificate' } });
  expect(asked).toBe(0);
});
