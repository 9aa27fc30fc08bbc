/** `racing-coach server`, run the way a user runs it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readyDocument } from '@racing-coach/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const bin = join(import.meta.dirname, '..', '..', 'engine', 'bin', 'racing-coach.mjs');
const password = 'correct horse battery';
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-server-'));
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type Env = Record<string, string>;

function run(words: string[], env: Env = {}) {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(HOST|PORT|DATABASE_URL|REDIS_URL)$/.test(name)),
  );
  const child = spawn(process.execPath, [bin, 'server', ...words], {
    env: { ...clean, RACING_COACH_DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([status]) => {
    running.delete(child);
    return { status: status as number | null, ...said };
  });
  return { child, ended, said };
}

async function start(words: string[] = [], env: Env = {}) {
  const { child, ended, said } = run([...words, '--port', '0', '--json'], env);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended]);
  if (!Array.isArray(first)) throw new Error(`it ended with ${first.status}: ${first.err}`);
  const { urls } = readyDocument.parse(JSON.parse(String(first[0])));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { api: urls.api ?? '', signUp: urls.signUp, stop, said };
}

const post = (url: string, body: object, headers: Env = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('a server of its own', () => {
  test('answers from nothing, lets the first admin in by his link, and knows him after it was started again', async () => {
    const first = await start();
    expect(await (await fetch(`${first.api}/health/ready`)).json()).toEqual({ status: 'ok' });
    expect(((await (await fetch(`${first.api}/openapi.json`)).json()) as { openapi: string }).openapi).toBe(
      '3.1.0',
    );
    const link = /#link=([A-Za-z0-9_-]{43})$/.exec(first.signUp ?? '')?.[1];
    const signUp = await post(`${first.api}/api/v1/auth/sign-up`, {
      link,
      email: 'boss@test.example',
      name: 'Boss',
      password,
    });
    expect(signUp.status).toBe(202);

    // A second server may not touch the same files.
    const second = await run(['--port', '0', '--json']).ended;
    expect(second.status).toBe(1);
    expect(JSON.parse(second.out)).toMatchObject({ error: { code: 'server-failed' } });
    expect(second.err.trim().split('\n')).toHaveLength(1);
    expect((await first.stop()).status).toBe(0);

    const again = await start();
    expect(again.signUp).toBeUndefined();
    const signIn = await post(`${again.api}/api/v1/auth/sign-in`, { email: 'boss@test.example', password });
    expect(await signIn.json()).toMatchObject({ role: 'admin' });
    const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const status = await fetch(`${again.api}/api/v1/admin/status`, { headers: { cookie } });
    expect(await status.json()).toMatchObject({ users: 1, database: { home: 'pglite' } });
    const { out } = await again.stop();
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  test('finishes the request that has begun when it is told to stop', async () => {
    const { api, stop } = await start();
    const { hostname, port } = new URL(api);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify({ deviceName: 'Rig' });
    socket.write(
      `POST /api/v1/auth/device HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    await fetch(`${api}/health/live`);
    const stopped = stop();
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    const closed = once(socket, 'close');
    // Nobody new is taken any more: then the stop has been heard.
    await expect
      .poll(() =>
        fetch(`${api}/health/live`).then(
          () => 'taken',
          () => 'refused',
        ),
      )
      .toBe('refused');
    socket.write(body.slice(5));
    expect((await stopped).status).toBe(0);
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"userCode"');
  });

  test('migrate and create-admin do one thing and end', async () => {
    const dir = ['--data-dir', join(folder, 'once')];
    const first = await run(['migrate', '--json', ...dir]).ended;
    expect(first.status).toBe(0);
    expect((JSON.parse(first.out) as { applied: string[] }).applied.length).toBeGreaterThan(0);
    expect(JSON.parse((await run(['migrate', '--json', ...dir]).ended).out)).toEqual({ applied: [] });
    const admin = await run(['create-admin', ...dir]).ended;
    expect(admin).toMatchObject({ status: 0 });
    expect(admin.out).toMatch(/\/sign-up#link=[A-Za-z0-9_-]{43}\n$/);
  });
});

test('what the configuration lacks is listed, and nothing starts', async () => {
  const { status, out, err } = await run(['--json'], { HOST: '0.0.0.0', LOG_LEVEL: 'loud', REDIS_URL: 'x' })
    .ended;
  expect(status).toBe(1);
  expect(err.trim().split('\n')).toHaveLength(3);
  expect(err).toMatch(/HOST is 0\.0\.0\.0/);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'server-config' } });
});

test('a port that is taken is one clear line', async () => {
  const { api, stop } = await start(['--data-dir', join(folder, 'port')]);
  const words = ['--port', new URL(api).port, '--data-dir', join(folder, 'port2')];
  const { status, err } = await run(words, { LOG_LEVEL: 'silent' }).ended;
  expect(status).toBe(1);
  expect(err.trim()).toMatch(/^racing-coach: Port \d+ of 127\.0\.0\.1 cannot be opened \(EADDRINUSE\)/);
  await stop();
});

test.each([[['frob']], [['--what']], [['--port', 'x']], [['migrate', 'create-admin']]])(
  'wrong usage: %j',
  async (words) => {
    const { status, err } = await run(words).ended;
    expect(status).toBe(2);
    expect(err).toContain('racing-coach server --help');
  },
);

test('with a certificate it speaks TLS and nothing else', async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost'],
  ]);
  if (made.status !== 0) {
    console.log('skipped: with a certificate it speaks TLS and nothing else: openssl is not installed');
    return;
  }
  const env = { HOST: '0.0.0.0', TLS_CERT: cert, TLS_KEY: key };
  const { api, stop } = await start(['--data-dir', join(folder, 'tls')], env);
  expect(api).toMatch(/^https:/);
  const { port } = new URL(api);
  const sent = request({
    host: '127.0.0.1',
    port,
    path: '/health/live',
    agent: new Agent({ rejectUnauthorized: false }),
  });
  sent.end();
  const [response] = await once(sent, 'response');
  expect(response.statusCode).toBe(200);
  expect(response.headers['strict-transport-security']).toContain('max-age=');
  response.destroy();
  await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  expect((await stop()).status).toBe(0);
});
