import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MemoryLapStore } from './memory-lap-store.ts';
import { migrations } from './migrations.ts';
import { SqliteLapStore } from './sqlite-lap-store.ts';
import { sha256Of } from './sqlite-lap-writes.ts';
import { sessionPageSql } from './sqlite-session-list.ts';
import { lapStoreSuite } from './testing/lap-store-suite.ts';
import { outboxSuite } from './testing/outbox-suite.ts';
import { promised } from './testing/promised-store.ts';
import { sessionListSuite } from './testing/session-list-suite.ts';
import { someFacts, someLap, someSession } from './testing/some-laps.ts';
import { openLapStore } from './worker-lap-store.ts';

let folder: string;
let path: string;
const now = new Date('2026-01-01T00:00:00Z');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-store-'));
  path = join(folder, 'laps.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

for (const suite of [lapStoreSuite, outboxSuite, sessionListSuite]) {
  suite('in memory', async () => promised(new MemoryLapStore()));
  suite('on SQLite', async () => promised(new SqliteLapStore({ path, now })));
  suite('in the worker thread', async () => (await openLapStore({ path, now })).store);
}

describe('when things go wrong', () => {
  test('a full disk is said, undoes the whole lap and loses nothing that was stored', () => {
    const store = new SqliteLapStore({ path, now, mostPages: 60 });
    store.saveSession(someSession('s1'));
    store.openLap(someLap('s1', 1));
    const big = { ...someLap('s1', 2), lapFile: new Uint8Array(1_000_000) };
    expect(() => store.openLap(big)).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(store.laps('s1').map((lap) => lap.lap)).toEqual([1]);
    expect(store.lapFile(sha256Of(big.lapFile))).toBeNull();
    store.settleLap('s1', someFacts(1), now.toISOString());
    expect(store.laps('s1')[0]?.state).toBe('settled');
    store.close();
  });

  test('a file that is no store is kept aside as it was, and a new one begun', async () => {
    writeFileSync(path, 'x'.repeat(5000));
    const { store, notice } = await openLapStore({ path, now });
    expect(notice).toContain('kept as');
    expect(await store.sessions()).toEqual([]);
    await store.close();
    const kept = readdirSync(folder).find((name) => name.startsWith('laps.db.damaged-'));
    expect(readFileSync(join(folder, kept ?? ''), 'utf8')).toBe('x'.repeat(5000));
  });

  test('damage that shows in use is said, and the next start keeps the file aside', () => {
    const first = new SqliteLapStore({ path, now });
    first.saveSession(someSession('s1'));
    for (let lap = 1; lap <= 200; lap += 1) first.openLap(someLap('s1', lap));
    first.close();
    const fd = openSync(path, 'r+');
    const junk = Buffer.alloc(4096, 0xee);
    // The first pages hold the tables' names: damage there shows at the start.
    for (let at = 131_072; at < statSync(path).size; at += 4096) writeSync(fd, junk, 0, junk.length, at);
    closeSync(fd);
    const second = new SqliteLapStore({ path, now });
    expect(() => second.laps('s1')).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    second.close();
    const third = new SqliteLapStore({ path, now });
    expect(third.notice?.code).toBe('store-damaged');
    expect(third.sessions()).toEqual([]);
    third.close();
  });

  test('a store of a newer version is left alone', async () => {
    const database = new Database(path);
    database.pragma('user_version = 999');
    database.close();
    await expect(openLapStore({ path, now })).rejects.toMatchObject({ code: 'store-newer' });
    expect(readdirSync(folder)).toContain('laps.db');
  });

  test('a call after the end is refused, not forgotten', async () => {
    const { store } = await openLapStore({ path, now });
    const last = store.sessions();
    await store.close();
    expect(await last).toEqual([]);
    await expect(store.sessions()).rejects.toThrow('the store has ended');
    await store.close();
  });
});

test('a store of the first version gets its new columns, knows nothing of its old laps, and sends them all', () => {
  const database = new Database(path);
  database.exec(migrations[0] ?? '');
  database.pragma('user_version = 1');
  database.exec(`INSERT INTO sessions VALUES ('s1','live','sim',NULL,'iracing','t','c','T','',NULL,'C',60,'',1,'2026-01-01');
    INSERT INTO laps VALUES ('s1-0-1','s1',0,1,'settled',0,9,90,'official',90,90,1,1,1,'[]',1,NULL)`);
  database.close();
  const store = new SqliteLapStore({ path, now });
  expect(store.laps('s1')).toMatchObject([{ id: 's1-0-1', assisted: null }]);
  expect(store.outbox()).toMatchObject([{ lapId: 's1-0-1', since: '2026-01-01', state: 'waiting' }]);
  expect(store.nextToSend('2026-01-02', '2026-01-02')).toMatchObject({ revision: 1, sessionIsSent: false });
  store.close();
});

test('no list for review sorts or reads more than its page', () => {
  new SqliteLapStore({ path, now }).close();
  const database = new Database(path);
  const after = { storedAt: now.toISOString(), id: 's1' };
  for (const [query, index] of [
    [{ after: null, trackKey: null, carKey: null }, 'sessions_newest'],
    [{ after, trackKey: null, carKey: null }, 'sessions_newest'],
    [{ after, trackKey: 't', carKey: null }, 'sessions_of_track'],
    [{ after, trackKey: null, carKey: 'c' }, 'sessions_of_car'],
  ] as const) {
    const sql = sessionPageSql({ ...query, limit: 50 })
      .replace(/@\w+/g, "'x'")
      .replace("LIMIT 'x'", 'LIMIT 50');
    const plan = (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toMatch(/USE TEMP B-TREE|SCAN laps|SCAN s$/m);
  }
  database.close();
});

describe('killed while it stores', () => {
  const script = (file: string) => `
    import { openLapStore } from ${JSON.stringify(new URL('./worker-lap-store.ts', import.meta.url).href)};
    const { store } = await openLapStore({ path: ${JSON.stringify(file)}, now: new Date(0) });
    const facts = (lap) => ({ stint: 0, lap, startSample: lap, endSample: lap, lapTimeS: 90, timeSource: 'interpolated',
      officialLapTimeS: null, ownLapTimeS: 90, complete: true, valid: true, referenceGrade: true, assisted: false, reasons: [] });
    await store.saveSession(${JSON.stringify(someSession('s1'))});
    for (let lap = 1; ; lap += 1) {
      const lapFile = new Uint8Array(60_000).fill(lap);
      await store.openLap({ sessionId: 's1', facts: facts(lap), corners: [], analysisVersion: 1, lapFile });
      console.log('open', lap);
      await store.settleLap('s1', facts(lap), '2026-01-01');
      console.log('settled', lap);
    }`;

  const rounds = process.env['RACING_COACH_LONG'] ? 40 : 4;
  test.each(Array.from({ length: rounds }, (_, round) => round))(
    'round %i: what was said to be stored is there, nothing is half there',
    async (round) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script(path)]);
      const said = { open: 0, settled: 0 };
      const stopAt = 5 + ((round * 7) % 23);
      for await (const line of createInterface({ input: child.stdout })) {
        const [state, lap] = line.split(' ');
        said[state as keyof typeof said] = Number(lap);
        if (said.open >= stopAt) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      expect(said.open).toBeGreaterThanOrEqual(stopAt);
      const store = new SqliteLapStore({ path, now });
      expect(store.notice).toBeNull();
      const laps = store.laps('s1');
      expect(laps.length).toBeGreaterThanOrEqual(said.open);
      expect(laps.filter((lap) => lap.state === 'settled').length).toBeGreaterThanOrEqual(said.settled);
      for (const lap of laps)
        expect(sha256Of(store.lapFile(lap.lapFileSha256 ?? '') ?? new Uint8Array())).toBe(lap.lapFileSha256);
      const open = laps.filter((lap) => lap.state === 'open').length;
      expect(store.settleLeftOpen(now.toISOString())).toBe(open);
      expect(store.outbox()).toHaveLength(laps.length);
      store.close();
    },
  );
});
