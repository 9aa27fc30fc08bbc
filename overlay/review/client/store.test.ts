import { defaultSettings, type SessionEntry, type SessionLap } from '@racing-coach/contract';
import { beforeEach, expect, test } from 'vitest';
import { Away, Refusal } from '../../panes/engine-api.ts';
import { hashOf, placeOf } from './place.ts';
import { ReviewStore, sessionsOfPage } from './store.ts';

const entry = (at: number): SessionEntry => ({
  ...{ id: `s${at}`, source: 'live', sourceName: 'iRacing', sim: 'iracing', trackKey: 't', carKey: 'c' },
  ...{
    trackName: 'Track',
    trackConfig: '',
    carName: 'Car',
    date: '',
    build: '',
    storedAt: '2026-01-01',
    own: true,
  },
  ...{ laps: 2, validLaps: 2, bestLapTimeS: 90 },
});
const lap = (session: string, number: number, lapTimeS: number): SessionLap => ({
  ...{ id: `${session}-0-${number}`, stint: 0, lap: number, lapTimeS, timeSource: 'official' },
  ...{ state: 'settled', officialLapTimeS: lapTimeS, ownLapTimeS: lapTimeS, complete: true, valid: true },
  ...{ referenceGrade: true, assisted: false, reasons: [] },
});

let engine: { sessions: SessionEntry[]; away: boolean; refuse: Error | null; asked: string[] };
let waiting: (() => void)[];
/** Held back until somebody lets it go. */
let hold: Promise<void> | null;
/** The lap whose file is damaged. */
let unreadable = '';
beforeEach(() => {
  engine = { sessions: [entry(3), entry(2), entry(1)], away: false, refuse: null, asked: [] };
  waiting = [];
  hold = null;
  unreadable = '';
});

async function asked<T>(what: string, answer: T): Promise<T> {
  engine.asked.push(what);
  const held = hold;
  if (held !== null) await held;
  if (engine.away) throw new Away();
  if (engine.refuse !== null) throw engine.refuse;
  return answer;
}

const store = () =>
  new ReviewStore({
    later: (_ms, run) => waiting.push(run),
    api: {
      settings: () => asked('settings', defaultSettings),
      places: () => asked('places', { tracks: [{ key: 't', name: 'Track' }], cars: [] }),
      sessions: ({ trackKey }, limit, after) => {
        const fitting = engine.sessions.filter((one) => trackKey === null || one.trackKey === trackKey);
        const from = after === null ? 0 : Number(after);
        const next = from + limit < fitting.length ? String(from + limit) : null;
        return asked(`sessions ${limit} ${after}`, { sessions: fitting.slice(from, from + limit), next });
      },
      session: (id) =>
        asked(`session ${id}`, {
          session: entry(Number(id.slice(1))),
          laps: [lap(id, 1, 91), lap(id, 2, 90)],
        }),
      corners: async (id) => {
        if (id === unreadable) throw new Refusal('lapfile-damaged', 'The lap file is damaged.', null);
        return asked(`corners ${id}`, { analysisVersion: 1, corners: [] });
      },
    },
  });

test('the newest session is shown, with the corners of its best lap', async () => {
  const made = store();
  await made.refresh();
  expect(made.state).toMatchObject({ session: { session: { id: 's3' } }, away: false, problem: null });
  expect(Object.keys(made.state.corners)).toEqual(['s3-0-2']);
  await made.choose({ sessionId: 's1', lapId: 's1-0-1' });
  expect(made.state.session?.session.id).toBe('s1');
  expect(Object.keys(made.state.corners)).toEqual(['s1-0-1', 's1-0-2']);
});

test('the list grows by pages, and what was on it stays on it when it is loaded anew', async () => {
  engine.sessions = Array.from({ length: 130 }, (_, at) => entry(200 - at));
  const made = store();
  await made.refresh();
  expect(made.state.sessions).toHaveLength(sessionsOfPage);
  await Promise.all([made.more(), made.more()]);
  await made.more();
  expect(made.state.sessions).toHaveLength(3 * sessionsOfPage);
  engine.sessions.unshift(entry(201));
  await made.refresh();
  expect(made.state.sessions?.map(({ id }) => id)).toEqual(
    engine.sessions.slice(0, 3 * sessionsOfPage).map(({ id }) => id),
  );
  await made.more();
  await made.more();
  expect(made.state).toMatchObject({ next: null });
  expect(made.state.sessions).toHaveLength(131);
});

test('an answer to an older choice is left aside', async () => {
  const made = store();
  await made.refresh();
  let letGo = () => {};
  hold = new Promise((resolve) => {
    letGo = () => resolve();
  });
  const slow = made.choose({ sessionId: 's2', lapId: null });
  hold = null;
  await made.choose({ sessionId: 's1', lapId: null });
  letGo();
  await slow;
  expect(made.state.session?.session.id).toBe('s1');
  expect(made.state.place.sessionId).toBe('s1');
});

test('an engine that is away is asked again, and what was shown stays', async () => {
  const made = store();
  await made.refresh();
  engine.away = true;
  await made.refresh();
  await made.refresh();
  expect(made.state).toMatchObject({ away: true, session: { session: { id: 's3' } } });
  expect(waiting).toHaveLength(1);
  engine.away = false;
  waiting.shift()?.();
  await expect.poll(() => made.state.away).toBe(false);
});

test('a lap whose corners cannot be read does not take the other’s with it', async () => {
  const made = store();
  await made.refresh();
  unreadable = 's3-0-2';
  await made.choose({ sessionId: 's3', lapId: 's3-0-1' });
  expect(made.state.corners).toEqual({ 's3-0-1': [], 's3-0-2': null });
  expect(made.state.problem).toBe('The lap file is damaged.');
});

test('another filter shows the newest of what it leaves, at once', async () => {
  const made = store();
  await made.refresh();
  engine.sessions = [entry(5), ...engine.sessions].map((one) =>
    one.id === 's1' ? { ...one, trackKey: 'spa' } : one,
  );
  await made.filterBy({ trackKey: 'spa', carKey: null });
  expect(made.state.session?.session.id).toBe('s1');
});

test('what the engine says no to is said', async () => {
  const made = store();
  await made.refresh();
  engine.refuse = new Refusal('session-not-found', 'There is no such session any more.', null);
  await made.choose({ sessionId: 'gone', lapId: null });
  expect(made.state.problem).toBe('There is no such session any more.');
  engine.refuse = null;
  await made.choose({ sessionId: 's2', lapId: null });
  expect(made.state.problem).toBeNull();
});

test('the place is in the address and comes back from it', () => {
  for (const place of [
    { sessionId: null, lapId: null },
    { sessionId: 's/1 &', lapId: null },
    { sessionId: 's1', lapId: 's1-0-1' },
  ])
    expect(placeOf(hashOf(place))).toEqual(place);
  expect(placeOf('')).toEqual({ sessionId: null, lapId: null });
});
