/** A console on this machine, and the live engine that asks it: the track is learned, laps are timed and stored, on a tape as well. */
import { createSocket } from 'node:dgram';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LapEvent } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredLap, StoredSession } from '../../engine/src/store/lap-store.ts';
import { openLapStore } from '../../engine/src/store/worker-lap-store.ts';
import { HubListener } from './hub-listener.ts';
import { followCoach, runCoach, type Serving, startCoach } from './racing-coach.ts';
import { consoleProgram, playConsole, type Sim } from './sim.ts';

const program = consoleProgram();
/** Fast, and slow enough that a busy machine takes packets before the system throws them away. */
const speed = '12';

/** A port that nobody has just now. */
function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  return new Promise((resolve) =>
    socket.bind(0, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    }),
  );
}

const facts = ({ lap, lapTimeS, timeSource, complete, reasons }: LapEvent) => ({
  lap,
  lapTimeS,
  timeSource,
  complete,
  reasons,
});

describe.skipIf(program === null)('Gran Turismo 7', () => {
  let folder: string;
  let dataDir: string;
  let port: number;
  let engines: Serving[];
  let listeners: HubListener[];
  let consoles: Sim[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-gt7-'));
    dataDir = join(folder, 'data');
    port = await freePort();
    [engines, listeners, consoles] = [[], [], []];
  });
  afterEach(async () => {
    for (const console of consoles) await console.crash();
    for (const listener of listeners) listener.close();
    for (const engine of engines) await engine.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(host: string, ...words: string[]): Promise<{ engine: Serving; page: HubListener }> {
    const source = `gt7:${host}:${port}`;
    const engine = await startCoach(
      ['start', '--source', source, '--port', '0', '--no-open', ...words],
      dataDir,
    );
    engines.push(engine);
    const page = new HubListener(engine.urls.hub);
    listeners.push(page);
    return { engine, page };
  }

  function play(address: string, ...words: string[]): Sim {
    const listen = ['--listen', `${address}:${port}`, '--speed', speed];
    const console = playConsole(program ?? '', ...listen, ...words);
    consoles.push(console);
    return console;
  }

  async function stored(): Promise<{ sessions: StoredSession[]; laps: StoredLap[] }> {
    const { store } = await openLapStore({ path: join(dataDir, 'laps.db'), now: new Date() });
    const sessions = await store.sessions();
    const laps = await Promise.all(sessions.map((session) => store.laps(session.id)));
    await store.close();
    return { sessions, laps: laps.flat() };
  }

  const complete = (laps: readonly { lap: number; complete: boolean }[]) =>
    laps.filter((lap) => lap.complete).map((lap) => lap.lap);

  async function replayed(tape: string): Promise<LapEvent[]> {
    const words = ['replay', tape, '--speed', 'max', '--no-serve', '--json'];
    const { out, err } = await runCoach(words, dataDir);
    expect(err).not.toContain('damaged');
    return (JSON.parse(out) as { laps: LapEvent[] }).laps;
  }

  test('learns the track in the first lap and says so, times the next, is lost and found again; its tapes have the same laps: seed 3', async () => {
    const [tape, other] = [join(folder, 'with.tape'), join(folder, 'beside.tape')];
    const { engine, page } = await start('127.0.0.1', '--tape', tape);
    const recording = followCoach(
      ['record', other, '--source', `gt7:127.0.0.1:${port}`, '--json'],
      join(folder, 'other'),
    );
    await recording.said('Waiting for');
    await page.until('waiting', ({ statuses }) => statuses.includes('no-source'));
    await play('127.0.0.1', '--askers', '2', '--laps', '3', '--seed', '3').ended;
    await page.until('two laps', ({ laps }) => laps.length >= 2);
    expect(complete(page.laps)).toEqual([2, 3]);
    expect(page.statuses.slice(0, 3)).toEqual(['no-source', 'in-menus', 'learning-track']);
    await page.until('the loss', ({ statuses }) => statuses.at(-1) === 'connection-lost', 30_000);

    // Elsewhere in its count, and the line is known by now.
    await play('127.0.0.1', '--askers', '2', '--laps', '2', '--seed', '4', '--first-id', '900000').ended;
    await page.until('two more laps', ({ laps }) => laps.length >= 4);
    expect(complete(page.laps)).toEqual([2, 3, 1, 2]);
    for (const never of ['missing-channels', 'reference-mismatch'])
      expect(page.statuses).not.toContain(never);
    expect(await engine.stop('SIGINT')).toBe(0);
    const figures = JSON.parse((await recording.stop('SIGINT')).out) as { rows: number; lostRows: number };
    expect(figures.rows).toBeGreaterThan(4 * 60 * 60);
    expect(figures.lostRows).toBe(0);

    const { sessions, laps } = await stored();
    expect(complete(laps)).toEqual([2, 3, 1, 2]);
    expect(laps.every((lap) => lap.state === 'settled')).toBe(true);
    for (const lap of laps.filter(({ complete }) => complete)) expect(lap.lapFileSha256).not.toBeNull();
    const driven = sessions.filter(({ id }) => laps.some((lap) => lap.complete && lap.sessionId === id));
    expect(driven).toHaveLength(2);
    expect(new Set(driven.map(({ trackKey }) => trackKey)).size).toBe(1);
    expect(driven[0]).toMatchObject({
      trackKey: expect.stringMatching(/^gt7\/gt7-/),
      carKey: 'gt7-car-3358',
    });
    expect(readdirSync(join(dataDir, 'lines'))).toHaveLength(1);

    const live = page.laps.map(facts);
    expect((await replayed(tape)).filter((lap) => lap.complete).map(facts)).toEqual(live);
    const beside = (await replayed(other)).filter((lap) => lap.complete);
    expect(beside.map(({ lap }) => lap)).toEqual([2, 3, 1, 2]);
    for (const [place, lap] of beside.entries())
      expect(lap.lapTimeS).toBeCloseTo(live[place]?.lapTimeS ?? Number.NaN, 2);
  });

  test('a race by laps after practice is a session of its own, without live instruction: seed 5', async () => {
    const { engine, page } = await start('127.0.0.1');
    await play('127.0.0.1', '--laps', '4', '--seed', '5', '--race-from', '4').ended;
    // The lap in which it begins is broken off.
    await page.until('a lap before and one after', ({ laps }) => laps.length >= 2);
    const rules = page.messages.flatMap((message) => (message.type === 'rules' ? [message.raceLegal] : []));
    expect(rules).toEqual([false, true]);
    expect(page.statuses).toContain('race-rules');
    expect(await engine.stop('SIGINT')).toBe(0);
    const { sessions, laps } = await stored();
    const driven = sessions.filter(({ id }) => laps.some((lap) => lap.complete && lap.sessionId === id));
    expect(driven).toHaveLength(2);
  });

  test.skipIf(process.platform !== 'linux')(
    'a console that answers a broadcast is found, and what an earlier run learned serves at once: seed 6',
    async () => {
      // The loopback network’s own broadcast address.
      const first = await start('127.255.255.255');
      await play('0.0.0.0', '--laps', '2', '--seed', '6').ended;
      await first.page.until('a lap', ({ laps }) => laps.length >= 1);
      expect(await first.engine.stop('SIGINT')).toBe(0);

      const again = await start('127.255.255.255');
      await play('0.0.0.0', '--laps', '2', '--seed', '7').ended;
      await again.page.until('both laps', ({ laps }) => laps.length >= 2);
      expect(complete(again.page.laps)).toEqual([1, 2]);
      expect(again.page.references.some(({ why }) => /your best dry lap/.test(why ?? ''))).toBe(true);
      expect(again.page.statuses).toContain('coaching');
      expect(await again.engine.stop('SIGINT')).toBe(0);
    },
  );
});
