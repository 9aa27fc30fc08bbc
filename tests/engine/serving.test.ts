import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  emptySnapshot,
  hubMessage,
  readSnapshot,
  snapshotBytes,
  statuses,
  tokenRenewed,
} from '@racing-coach/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { recording, type Serving, startCoach } from './racing-coach.ts';

let folder: string;
let serving: Serving[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-serving-'));
  serving = [];
});
afterEach(async () => {
  for (const one of serving) await one.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(...words: string[]): Promise<Serving> {
  const started = await startCoach(words, join(folder, 'data'));
  serving.push(started);
  return started;
}

const name = 'redbullring-amg-gt4.ibt';

test('a replay serves the HUD, tells a page what it needs and sends a snapshot each tick', async (running) => {
  const file = recording(name, running);
  const { urls, lines, stop } = await start('replay', file, '--port', '0');
  expect(lines).toEqual([JSON.stringify({ ready: true, urls })]);
  const page = await fetch(urls.hud);
  expect([200, 503]).toContain(page.status);
  const socket = new WebSocket(urls.hub);
  const types: string[] = [];
  const samples: number[] = [];
  const snapshot = emptySnapshot();
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return types.push(hubMessage.parse(JSON.parse(data.toString())).type);
    expect(data).toHaveLength(snapshotBytes);
    return samples.push(
      readSnapshot(new DataView(data.buffer, data.byteOffset, data.byteLength), snapshot).sample,
    );
  });
  while (samples.length < 60) await new Promise((done) => setTimeout(done, 20));
  expect(types.slice(0, 3)).toEqual(['hello', 'session', 'reference']);
  expect(types).toContain('event');
  for (const [index, sample] of samples.entries())
    expect(sample - (samples[0] ?? 0)).toBeGreaterThanOrEqual(index);
  expect(statuses[snapshot.status]?.code).toBe('in-pits');
  expect(await stop()).toBe(0);
});

test('two engines with one data directory: the second says so and serves beside the first', async (running) => {
  const file = recording(name, running);
  const first = await start('replay', file);
  const second = await start('replay', file);
  const [one, two] = [first, second].map(({ urls }) => new URL(urls.hud));
  expect(two?.port).not.toBe(one?.port);
  expect(two?.search).toBe(one?.search);
  expect(readFileSync(join(folder, 'data', 'port'), 'utf8').trim()).toBe(one?.port);
  expect(readdirSync(join(folder, 'data'))).not.toContain('laps.db');
  expect(await second.stop('SIGINT')).toBe(0);
  expect(await first.stop()).toBe(0);
  expect(readdirSync(join(folder, 'data'))).not.toContain('engine.pid');
});

test('new addresses, asked of the second engine, are those of both, and the old ones open neither', async (running) => {
  const file = recording(name, running);
  const [first, second] = [await start('replay', file), await start('replay', file)];
  const urls = [new URL(first.urls.hud), new URL(second.urls.hud)];
  const status = async (url: URL, token: string | null) =>
    (await fetch(new URL(`/api/state?token=${token}`, url))).status;
  const old = urls[0]?.searchParams.get('token') ?? '';
  const answer = await fetch(new URL(`/api/token/renew?token=${old}`, second.urls.hud), { method: 'POST' });
  const { token } = tokenRenewed.parse(await answer.json());
  expect(token).not.toBe(old);
  expect(readFileSync(join(folder, 'data', 'token'), 'utf8').trim()).toBe(token);
  for (const url of urls) expect([await status(url, old), await status(url, token)]).toEqual([401, 200]);
});

test('an engine that does not answer keeps its token, whoever asks', async (running) => {
  const file = recording(name, running);
  const [first, second] = [await start('replay', file), await start('replay', file)];
  const pid = Number(readFileSync(join(folder, 'data', 'engine.pid'), 'utf8').split('\n')[0]);
  const token = new URL(first.urls.hud).searchParams.get('token');
  process.kill(pid, 'SIGSTOP');
  try {
    const answer = await fetch(new URL(`/api/token/renew?token=${token}`, second.urls.hud), {
      method: 'POST',
    });
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('data-dir-locked')]);
    expect((await fetch(new URL(`/api/state?token=${token}`, second.urls.hud))).status).toBe(200);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  expect(readFileSync(join(folder, 'data', 'token'), 'utf8').trim()).toBe(token);
});

test('the same address after a restart', async (running) => {
  const file = recording(name, running);
  const first = await start('replay', file);
  await first.stop();
  const second = await start('replay', file);
  expect(second.urls).toEqual(first.urls);
  await second.stop();
});
