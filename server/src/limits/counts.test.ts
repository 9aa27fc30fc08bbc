/** Both kinds of counts pass one suite; Redis is a real one. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressKey } from './address-key.ts';
import type { Counts } from './counts.ts';
import { MemoryCounts } from './memory-counts.ts';
import { RedisCounts } from './redis-counts.ts';

let nowMs = Date.parse('2026-11-26T12:00:30Z');
const clock = () => nowMs;

function suite(open: () => Counts): void {
  test('counts each key for itself until the window is over', async () => {
    const counts = open();
    expect(await counts.add('a', 60_000)).toEqual({ count: 1, endsInMs: 30_000 });
    expect((await counts.add('a', 60_000)).count).toBe(2);
    expect((await counts.add('b', 60_000)).count).toBe(1);
    nowMs += 30_000;
    expect(await counts.add('a', 60_000)).toEqual({ count: 1, endsInMs: 60_000 });
    await counts.close();
  });

  test('many at once are as many', async () => {
    const counts = open();
    const all = await Promise.all(Array.from({ length: 50 }, () => counts.add('many', 60_000)));
    expect(new Set(all.map(({ count }) => count)).size).toBe(50);
    await counts.close();
  });
}

describe('in memory', () => {
  suite(() => new MemoryCounts(clock));

  test('a flood of addresses shares one count in the end, and those that were known keep theirs', async () => {
    const counts = new MemoryCounts(clock);
    for (let index = 0; index < 100_000; index += 1) await counts.add(`key ${index}`, 60_000);
    expect((await counts.add('new 1', 60_000)).count).toBe(1);
    expect((await counts.add('new 2', 60_000)).count).toBe(2);
    expect((await counts.add('key 5', 60_000)).count).toBe(2);
  });
});

const missing = spawnSync('redis-server', ['--version']).error !== undefined;
if (missing) console.log('skipped: in Redis: redis-server is not installed');

describe.skipIf(missing)('in Redis', () => {
  const folder = mkdtempSync(join(tmpdir(), 'server-redis-'));
  let server: ReturnType<typeof spawn>;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    server = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const chunk of server.stdout ?? []) if (String(chunk).includes('Ready to accept')) break;
  });
  afterAll(async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
    rmSync(folder, { recursive: true });
  });

  /** Whether two counts see each other, which they do once both are connected. */
  async function second(one: RedisCounts): Promise<{ shared: boolean }> {
    const other = new RedisCounts(url, clock);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const key = `probe ${nowMs} ${Math.random()}`;
    await one.add(key, 60_000);
    const { count } = await other.add(key, 60_000);
    await other.close();
    return { shared: count === 2 };
  }

  test('servers share them', async () => {
    const one = new RedisCounts(url, clock);
    await expect.poll(async () => (await second(one)).shared).toBe(true);
    await one.close();
  });

  test('without Redis each counts for itself, and nothing fails', async () => {
    const alone = new RedisCounts(`redis://127.0.0.1:${await freePort()}`, clock);
    expect((await alone.add('a', 60_000)).count).toBe(1);
    expect((await alone.add('a', 60_000)).count).toBe(2);
    await alone.close();
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
