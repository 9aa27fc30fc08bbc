/** The demo as a user meets it: one command, an address, a coach at work, round and round, and nothing left behind but the address. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CoachEvent,
  emptySnapshot,
  type HubMessage,
  hubMessage,
  readSnapshot,
  snapshotFlags,
} from '@racing-coach/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Serving, startCoach } from './racing-coach.ts';

let folder: string;
let demo: Serving;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-demo-'));
});
afterEach(async () => {
  await demo?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that a page is told until `enough`. */
async function listen(hub: string, enough: (messages: HubMessage[], samples: number[]) => boolean) {
  const socket = new WebSocket(hub);
  const messages: HubMessage[] = [];
  const samples: number[] = [];
  const snapshot = emptySnapshot();
  let flags = 0;
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return messages.push(hubMessage.parse(JSON.parse(data.toString())));
    flags |= readSnapshot(new DataView(data.buffer, data.byteOffset, data.byteLength), snapshot).flags;
    return samples.push(snapshot.sample);
  });
  while (!enough(messages, samples)) await new Promise((done) => setTimeout(done, 50));
  socket.close();
  return { messages, samples, flags };
}

test('it coaches from the bundled reference, begins again at the end, and stores nothing', async () => {
  demo = await startCoach(['demo', '--no-open', '--speed', '100'], folder);
  const fellBack = (samples: number[]) => samples.some((sample, index) => sample < (samples[index - 1] ?? 0));
  const { messages, flags } = await listen(demo.urls.hub, (_, samples) => fellBack(samples));
  const reference = messages.find((message) => message.type === 'reference')?.reference;
  expect(reference?.corners.filter((corner) => corner.kind === 'brake').length).toBeGreaterThan(4);
  expect(reference?.corners.every((corner) => corner.name !== null)).toBe(true);
  expect(flags & snapshotFlags.hasReference).not.toBe(0);
  const events = messages.flatMap((message): CoachEvent[] =>
    message.type === 'event' ? [message.event] : [],
  );
  const codes = new Set(events.map((event) => (event.type === 'cue' ? event.code : event.type)));
  for (const code of ['brake-beat-3', 'brake-beat-2', 'brake-beat-1', 'brake-go', 'corner', 'lap', 'status'])
    expect(codes).toContain(code);
  expect(events.some((event) => event.type === 'corner' && event.show)).toBe(true);
  const drawn = messages.flatMap((message) => (message.type === 'map' ? [message.map] : [])).at(-1);
  expect(drawn?.origin).toBe('positions');
  expect(drawn?.eastM.length).toBeGreaterThan(500);
  const fuel = messages.flatMap((message) => (message.type === 'fuel' ? [message] : []));
  expect(fuel.some(({ perLapL, lapsLeft }) => perLapL !== null && lapsLeft !== null)).toBe(true);
  expect(fuel.every(({ lapsToFlag }) => lapsToFlag === null)).toBe(true);
  const laps = messages.flatMap((message) => (message.type === 'laps' ? message.laps : []));
  expect(laps.some(({ best }) => best)).toBe(true);
  expect(messages.some((message) => message.type === 'corners')).toBe(true);
  expect(await demo.stop('SIGINT')).toBe(0);
  expect(readdirSync(folder).filter((name) => !['engine.lock', 'port', 'token'].includes(name))).toEqual([]);
});

test('in real time a page gets the rows one after the other', async () => {
  demo = await startCoach(['demo', '--no-open', '--port', '0'], folder);
  const { samples } = await listen(demo.urls.hub, (_, heard) => heard.length >= 30);
  for (const [index, sample] of samples.slice(1).entries())
    expect(sample).toBeGreaterThan(samples[index] ?? 0);
  expect((samples.at(-1) ?? 0) - (samples[0] ?? 0)).toBeLessThan(60);
});
