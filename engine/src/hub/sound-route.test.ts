/** Whatever can call an address can be a key: a button box, a wheel's software, a script. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HubMessage } from '@racing-coach/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Api } from './api.ts';
import { Hub } from './hub.ts';
import { HubServer } from './hub-server.ts';

const token = 'a'.repeat(64);
let folder: string;
let server: HubServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-sound-'));
  const hub = new Hub({ version: '0', nowMs: () => 0 });
  server = await HubServer.open({ hub, token, port: 0, pagesFolder: folder, api: {} as Api });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = async (command: string, method = 'POST') => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/sound/${command}?token=${token}`, {
    method,
  });
  return [answer.status, await answer.json()];
};

test('a command goes to the page that sounds, and whether there is one is told', async () => {
  expect(await post('say-fuel')).toEqual([200, { sounds: false }]);
  const heard: HubMessage[] = [];
  const page = new WebSocket(`ws://127.0.0.1:${server.port}/hub?token=${token}`);
  page.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) heard.push(JSON.parse(data.toString()) as HubMessage);
  });
  page.on('open', () => page.send(JSON.stringify({ type: 'sound-claim', claim: true })));
  await expect.poll(() => heard.some(({ type }) => type === 'sound-owner')).toBe(true);
  expect(await post('say-fuel')).toEqual([200, { sounds: true }]);
  await expect.poll(() => heard).toContainEqual({ type: 'sound-command', command: 'say-fuel' });
  page.terminate();
});

test('an unknown command is named with those that there are; asking is not commanding', async () => {
  expect(await post('sing')).toMatchObject([
    409,
    { error: { message: expect.stringContaining('say-flags') } },
  ]);
  expect(await post('say-fuel', 'GET')).toMatchObject([405, {}]);
});
