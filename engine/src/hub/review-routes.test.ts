import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lapCornersAnswer, sessionAnswer, sessionPlaces, sessionsAnswer } from '@racing-coach/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReviewDesk } from '../review/review-desk.ts';
import { MemoryLapStore } from '../store/memory-lap-store.ts';
import { promised } from '../store/testing/promised-store.ts';
import { someCorner, someFacts, someLap, someSession } from '../store/testing/some-laps.ts';
import type { Api } from './api.ts';
import { Hub } from './hub.ts';
import { HubServer } from './hub-server.ts';

const token = '0123456789abcdef0123456789abcdef';
let folder: string;
let server: HubServer;
let store: MemoryLapStore;
let opens: () => Promise<void>;

const measured = { ...someCorner, id: 'T9', name: 'Measured' };
let measurings: number;
const lapFileCorners = async () => {
  measurings += 1;
  return JSON.stringify({ analysisVersion: 7, corners: [measured] });
};

beforeEach(async () => {
  measurings = 0;
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-review-'));
  store = new MemoryLapStore();
  opens = async () => {};
  const review = new ReviewDesk({ lapFileCorners }, async () => {
    await opens();
    return promised(store);
  });
  const hub = new Hub({ version: '1', nowMs: () => 0 });
  const api = { review } as unknown as Api;
  server = await HubServer.open({ hub, token, port: 0, pagesFolder: folder, api });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(path: string, given = token, method = 'GET') {
  const headers = { authorization: `Bearer ${given}` };
  const response = await fetch(`http://127.0.0.1:${server.port}/api/${path}`, { method, headers });
  return { status: response.status, document: (await response.json()) as Record<string, unknown> };
}
const minute = (at: number) => new Date(Date.UTC(2026, 0, 1, 10, at)).toISOString();

test('sessions come newest first in pages, which end where there are no more', async () => {
  for (let at = 0; at < 5; at += 1) store.saveSession(someSession(`s${at}`, { storedAt: minute(at) }));
  const seen: string[] = [];
  let after = '';
  for (let page = 0; page < 3; page += 1) {
    const { document } = await ask(`sessions?limit=2${after}`);
    const { sessions, next } = sessionsAnswer.parse(document);
    seen.push(...sessions.map(({ id }) => id));
    after = `&after=${next}`;
    expect(next === null).toBe(page === 2);
  }
  expect(seen).toEqual(['s4', 's3', 's2', 's1', 's0']);
});

test('a track and a car choose, and are listed by name', async () => {
  store.saveSession(someSession('s1'));
  store.saveSession(someSession('s2', { trackKey: 'iracing/spa', trackName: 'Spa', trackConfig: '' }));
  const { document } = await ask(`sessions?track=${encodeURIComponent('iracing/spa')}&car=ferrari488gt3`);
  expect(sessionsAnswer.parse(document).sessions.map(({ id }) => id)).toEqual(['s2']);
  const places = sessionPlaces.parse((await ask('sessions/places')).document);
  expect(places.tracks.map(({ name }) => name)).toEqual(['Fuji, GP', 'Spa']);
});

test('a session comes with its laps as they are stored, a lap with its corners', async () => {
  store.saveSession(someSession('s1'));
  store.openLap(someLap('s1', 1));
  store.openLap(someLap('s1', 2, { lapTimeS: 99.5 }));
  store.settleLap('s1', someFacts(1), minute(1));
  const answer = sessionAnswer.parse((await ask('sessions/s1/laps')).document);
  expect(answer.session).toMatchObject({ id: 's1', laps: 2, bestLapTimeS: 99.5 });
  const [first] = store.laps('s1');
  expect(answer.laps[0]).toEqual({
    ...{ id: first?.id, state: 'settled', stint: 0, lap: 1, lapTimeS: 100.25, timeSource: 'interpolated' },
    ...{ officialLapTimeS: null, ownLapTimeS: 100.25, complete: true, valid: true, referenceGrade: true },
    ...{ assisted: true, reasons: [] },
  });
  const corners = lapCornersAnswer.parse((await ask('laps/s1-0-1/corners')).document);
  expect(corners).toEqual({ analysisVersion: 3, corners: [{ ...someCorner, brakeOnsetM: null }] });
});

test('the corners of a lap that was driven live are measured from its lap file, once', async () => {
  store.saveSession(someSession('s1'));
  store.openLap({ ...someLap('s1', 1), corners: [] });
  store.openLap(someLap('s1', 2, { complete: false, valid: false, referenceGrade: false }));
  for (let round = 0; round < 2; round += 1)
    expect((await ask('laps/s1-0-1/corners')).document).toEqual({
      analysisVersion: 7,
      corners: [{ ...measured, brakeOnsetM: null }],
    });
  expect(measurings).toBe(1);
  expect((await ask('laps/s1-0-2/corners')).document).toMatchObject({ corners: [] });
  expect(measurings).toBe(1);
});

test.each([
  ['sessions/nothing/laps', 404, 'There is no such session any more. Load the list anew.'],
  ['laps/nothing/corners', 404, 'There is no such lap any more. Load the session anew.'],
  ['sessions?after=nonsense', 409, 'after: this is not the end of a page.'],
  ['sessions?after=WzEsMl0', 409, 'after: this is not the end of a page.'],
  ['sessions?limit=0', 409, 'limit: it must be 1 at least.'],
  ['sessions?limit=101', 409, 'limit: it must be 100 at most.'],
  ['sessions?limit=two', 409, 'limit: a number is meant.'],
  ['sessions?track=', 409, 'track: '],
])('%s is refused in words', async (path, status, words) => {
  const answer = await ask(path);
  expect(answer.status).toBe(status);
  expect((answer.document['error'] as { message: string }).message).toContain(words);
});

test('nothing without the token, and nothing is changed from here', async () => {
  for (const path of ['sessions', 'sessions/places', 'sessions/s1/laps', 'laps/s1-0-1/corners']) {
    expect((await ask(path, 'f'.repeat(32))).status).toBe(401);
    expect((await ask(path, token, 'POST')).status).toBe(405);
  }
});

test('a store that could not be opened is tried again', async () => {
  opens = () => Promise.reject(new Error('locked'));
  expect((await ask('sessions')).status).toBe(500);
  opens = async () => {};
  expect((await ask('sessions')).status).toBe(200);
});
