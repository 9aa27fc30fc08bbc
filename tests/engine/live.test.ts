/** The live engine as processes: the simulator writes, `start` reads, coaches, learns and stores, whatever either of them does to the other. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineHealth, engineState, offersAnswer, offerUsed } from '@racing-coach/contract';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredLap, StoredSession } from '../../engine/src/store/lap-store.ts';
import { openLapStore } from '../../engine/src/store/worker-lap-store.ts';
import { HubListener } from './hub-listener.ts';
import { followCoach, runCoach, type Serving, startCoach } from './racing-coach.ts';
import { playSim, type Sim, simProgram } from './sim.ts';

const program = simProgram();

describe.skipIf(program === null)('the live engine', () => {
  let folder: string;
  let dataDir: string;
  let map: string;
  let engines: Serving[];
  let listeners: HubListener[];
  let sims: Sim[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-live-'));
    dataDir = join(folder, 'data');
    map = join(folder, 'sim.map');
    [engines, listeners, sims] = [[], [], []];
  });
  afterEach(async () => {
    for (const sim of sims) await sim.crash();
    for (const listener of listeners) listener.close();
    for (const engine of engines) await engine.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(...words: string[]): Promise<{ engine: Serving; page: HubListener; api: string }> {
    const engine = await startCoach(
      ['start', '--source', `map:${map}`, '--port', '0', '--no-open', ...words],
      dataDir,
    );
    engines.push(engine);
    const page = new HubListener(engine.urls.hub);
    listeners.push(page);
    const { origin, search } = new URL(engine.urls.hud);
    return { engine, page, api: `${origin}/api/{}${search}` };
  }

  /** Row after row as fast as the engine takes them: none is missed, however busy the machine is. */
  function play(...words: string[]): Sim {
    const sim = playSim(program ?? '', map, 'simcar', '--lockstep', ...words);
    sims.push(sim);
    return sim;
  }

  async function stored(): Promise<{ sessions: StoredSession[]; laps: StoredLap[][] }> {
    const { store } = await openLapStore({ path: join(dataDir, 'laps.db'), now: new Date() });
    const sessions = await store.sessions();
    const laps = await Promise.all(sessions.map((session) => store.laps(session.id)));
    await store.close();
    return { sessions, laps };
  }

  /** Complete laps on the disk, read beside the engine. */
  function storedLaps(): number {
    const database = new Database(join(dataDir, 'laps.db'), { readonly: true });
    const row = database.prepare('SELECT count(*) AS laps FROM laps WHERE complete = 1').get();
    database.close();
    return (row as { laps: number }).laps;
  }

  /** What an engine leaves that dies between the line and the lap's time. */
  async function leaveOpen(): Promise<void> {
    const { sessions, laps } = await stored();
    const [last] = laps.flat().filter((lap) => lap.complete);
    if (last === undefined) throw new Error('there is no lap');
    const { store } = await openLapStore({ path: join(dataDir, 'laps.db'), now: new Date() });
    const lapFile = await store.lapFile(last.lapFileSha256 ?? '');
    const facts = { ...last, lap: 77, officialLapTimeS: null };
    const { analysisVersion } = last;
    await store.openLap({ sessionId: sessions[0]?.id ?? '', facts, corners: [], analysisVersion, lapFile });
    await store.close();
  }

  const complete = (laps: StoredLap[] = []) => laps.filter((lap) => lap.complete).map((lap) => lap.lap);
  const get = async (api: string, path: string) => (await fetch(api.replace('{}', path))).json();

  test('waits and says so, learns from the first lap on, stores every lap, tells how it does, ends tidily: seed 3', async () => {
    const { engine, page, api } = await start();
    const began = performance.now();
    await page.until('snapshots while waiting', ({ snapshots }) => snapshots >= 6, 10_000);
    expect(performance.now() - began).toBeLessThan(6 * 500 + 500);
    expect(page.statuses).toEqual(['no-source']);
    expect(engineState.parse(await get(api, 'state'))).toMatchObject({ presence: 'absent', session: null });

    await play('--laps', '8', '--seed', '3').ended;
    await page.until('eight laps', ({ laps }) => laps.length >= 8);
    const said = page.events.flatMap((event) => (event.type === 'status' ? [event.status] : []));
    for (const status of ['in-pits', 'out-lap', 'learning-lap', 'learning']) expect(said).toContain(status);
    const [none, learned] = page.references.filter(({ why }) => why !== undefined);
    expect(none).toMatchObject({ reference: null, why: expect.stringContaining('learning from your laps') });
    expect(learned?.reference).toMatchObject({
      own: true,
      label: expect.stringMatching(/^lap \d of this session$/),
    });
    expect(page.messages.filter((message) => message.type === 'session').at(-1)).toMatchObject({
      sim: 'simcar',
    });

    const health = engineHealth.parse(await get(api, 'health'));
    expect(health.runner.source).toMatchObject({ missed: 0, connections: 1 });
    expect(health.latency.hub.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    const doctor = JSON.parse((await runCoach(['doctor', '--json'], dataDir)).out);
    expect(doctor.engine.pid).toBe(health.pid);
    expect(doctor.findings.find(({ name }: { name: string }) => name === 'ticks')).toMatchObject({
      state: 'good',
    });

    expect(await engine.stop('SIGINT')).toBe(0);
    const { sessions, laps } = await stored();
    expect(sessions).toMatchObject([{ source: 'live', carKey: expect.stringContaining('gt3') }]);
    expect(complete(laps[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(laps[0]?.every((lap) => lap.state === 'settled')).toBe(true);
    const listed = JSON.parse((await runCoach(['reference', 'list', '--json'], dataDir)).out);
    expect(listed.references).toMatchObject([{ origin: 'auto', own: true }]);
    expect(readdirSync(dataDir)).not.toContain('engine.pid');

    // The next start knows the lap, and coaches from it.
    const again = await start();
    play('--laps', '2', '--loop', '--seed', '4');
    const best = listed.references[0].label as string;
    await again.page.until('the best lap as reference', ({ references }) =>
      references.some(
        ({ reference, why }) => reference?.label === best && /your best dry lap/.test(why ?? ''),
      ),
    );
    await again.page.until('coaching', ({ statuses }) => statuses.includes('coaching'));
    expect(await again.engine.stop('SIGTERM')).toBe(0);
  });

  test('a sim that crashes is lost and found again, and its laps are another session’s: seed 5', async () => {
    const { engine, page } = await start();
    const first = play('--laps', '6', '--loop', '--seed', '5');
    await page.until('two laps', ({ laps }) => laps.length >= 2);
    await first.crash();
    await page.until('the loss', ({ statuses }) => statuses.includes('connection-lost'));
    await play('--laps', '2', '--seed', '6').ended;
    await page.until(
      'two laps of the second sim',
      ({ laps }) =>
        laps
          .slice(-2)
          .map(({ lap }) => lap)
          .join() === '1,2',
    );
    expect(await engine.stop('SIGINT')).toBe(0);
    const { sessions, laps } = await stored();
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(2);
    expect(complete(laps[0]).slice(0, 2)).toEqual([1, 2]);
    expect(complete(laps[1])).toEqual([1, 2]);
    expect(laps.flat().every((lap) => lap.state === 'settled')).toBe(true);
  });

  test('another car has laps and a reference of its own: seed 7', async () => {
    const { engine, page } = await start();
    for (const car of ['gt3', 'mx5']) {
      const before = page.laps.length;
      await play('--laps', '3', '--seed', '7', '--car', car).ended;
      await page.until(`the laps of the ${car}`, ({ laps }) => laps.length >= before + 3);
    }
    expect(page.references.filter(({ why }) => why?.startsWith('no lap of this track and car'))).toHaveLength(
      2,
    );
    expect(await engine.stop('SIGINT')).toBe(0);
    const { sessions, laps } = await stored();
    expect(sessions.map(({ carKey }) => /mx5/.test(carKey))).toEqual([false, true]);
    expect(laps.map(complete)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test('an engine that is killed at the line leaves nothing half, and its open lap is settled at the next start: seed 9', async () => {
    const { engine, page } = await start();
    const sim = play('--laps', '6', '--loop', '--seed', '9');
    await page.until('a lap', ({ laps }) => laps.length >= 2);
    await expect.poll(storedLaps, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await engine.stop('SIGKILL');
    await sim.crash();
    await leaveOpen();
    const again = await start();
    expect(await again.engine.stop('SIGINT')).toBe(0);
    const { laps } = await stored();
    expect(complete(laps.flat())).toEqual(expect.arrayContaining([1, 2, 77]));
    for (const lap of laps.flat()) {
      expect(lap.state).toBe('settled');
      if (lap.complete) expect(lap.lapFileSha256).not.toBeNull();
    }
  });

  test('own recordings of the track and car are offered, and one that is used coaches at once: seed 11', async () => {
    const telemetry = join(folder, 'telemetry');
    mkdirSync(telemetry);
    for (const [name, car] of [
      ['mine.ibt', 'gt3'],
      ['other car.ibt', 'mx5'],
    ] as const) {
      const out = join(telemetry, name);
      const words = ['--laps', '2', '--seed', '11', '--car', car, '--out', out];
      expect((await runCoach(['simulate', ...words], dataDir)).status).toBe(0);
      const hourAgo = new Date(Date.now() - 3_600_000);
      utimesSync(out, hourAgo, hourAgo);
    }
    mkdirSync(dataDir, { recursive: true });
    const settings = { version: 1, recordings: { folders: [telemetry] } };
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings));
    const all = JSON.parse((await runCoach(['reference', 'offers', '--json'], dataDir)).out);
    expect(all.offers).toHaveLength(2);

    const { engine, page, api } = await start();
    play('--laps', '4', '--loop', '--seed', '12');
    await page.until('the offer', ({ messages }) =>
      messages.some((message) => message.type === 'offers' && message.offers.length > 0),
    );
    const { offers } = offersAnswer.parse(await get(api, 'offers'));
    expect(offers.map(({ file }) => file)).toEqual(['mine.ibt']);
    const used = await fetch(api.replace('{}', `offers/${offers[0]?.id}/use`), { method: 'POST' });
    const { label } = offerUsed.parse(await used.json()).used;
    expect(label).toMatch(/^lap \d of mine\.ibt$/);
    await page.until('the reference', ({ references }) =>
      references.some(({ reference }) => reference?.label === label),
    );
    await page.until('coaching', ({ statuses }) => statuses.includes('coaching'));
    expect(offersAnswer.parse(await get(api, 'offers')).offers).toEqual([]);
    expect(await engine.stop('SIGINT')).toBe(0);
    const { sessions } = await stored();
    expect(sessions.map(({ source }) => source).sort()).toEqual(['import', 'live']);
  });

  test('a tape that the disk has no room for ends the recording with its reason, and holds what went before: seed 15', async () => {
    const tape = join(folder, 'full.tape');
    const words = ['record', tape, '--source', `map:${map}`];
    const recording = followCoach(words, dataDir, { largestFileBytes: 256 * 1024 });
    await recording.said('Waiting for');
    play('--laps', '9', '--loop', '--seed', '15');
    const { status, err, out } = await recording.ended;
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/full\.tape.*cannot be written|disk is full/);
    const replay = ['replay', tape, '--speed', 'max', '--no-serve', '--json'];
    const { statistics } = JSON.parse((await runCoach(replay, dataDir)).out);
    expect(statistics.ticks).toBeGreaterThan(600);
  });

  test('a source that does not open leaves no tape behind', async () => {
    const tape = join(folder, 'console.tape');
    const words = ['record', tape, '--source', 'gt7:no-such-host.invalid'];
    expect((await runCoach(words, dataDir)).status).not.toBe(0);
    expect(existsSync(tape)).toBe(false);
  });

  test('a recorded tape plays like the session: seed 13', async () => {
    const tape = join(folder, 'seed-13.tape');
    const recording = followCoach(['record', tape, '--source', `map:${map}`, '--json'], dataDir);
    await recording.said('Waiting for');
    await play('--laps', '2', '--seed', '13').ended;
    const { status, out } = await recording.stop('SIGINT');
    expect(status).toBe(0);
    const { rows, lostRows } = JSON.parse(out);
    expect(rows).toBeGreaterThan(2 * 60 * 60);
    expect(lostRows).toBe(0);
    const words = ['replay', tape, '--speed', 'max', '--no-serve', '--json'];
    const whole = JSON.parse((await runCoach(words, dataDir)).out);
    expect(whole.laps.filter((lap: StoredLap) => lap.complete).map((lap: StoredLap) => lap.lap)).toEqual([
      1, 2,
    ]);
    const later = JSON.parse((await runCoach([...words, '--from', '60'], dataDir)).out);
    expect(whole.statistics.ticks - later.statistics.ticks).toBe(3600);
  });
});
