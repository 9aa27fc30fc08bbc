/**
 * The OBS desk on a real OBS: scenes, replay buffer, recording, password. OBS 29 sets no chapters, so here its refusal is tested; a server that speaks the
 * protocol takes them in `engine/src/obs`. Debian builds OBS without its browser source: Chromium stands in for that in `tests/visual/obs-page.test.ts`.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OBSWebSocket } from 'obs-websocket-js/json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeskBench, settle, until } from '../../engine/src/obs/testing/desk-bench.ts';
import { bufferSeconds, obsMissing, obsPassword, type RealObs, startObs } from './obs-program.ts';

if (obsMissing !== null) console.log(`skipped: a real OBS: ${obsMissing}`);

describe.skipIf(obsMissing !== null)('a real OBS', () => {
  let folder: string;
  let obs: RealObs;
  /** The streamer. */
  let hand: OBSWebSocket;
  const benches: DeskBench[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-obs-'));
    obs = await startObs(folder);
    hand = new OBSWebSocket();
    await hand.connect(obs.address, obsPassword);
    // Without a source OBS asks in a dialog whether it should really start.
    await hand.call('CreateInput', {
      sceneName: 'Scene',
      inputName: 'colour',
      inputKind: 'color_source_v3',
      inputSettings: { width: 320, height: 180 },
    });
    for (const sceneName of ['Oops', 'Pit wall']) await hand.call('CreateScene', { sceneName });
  }, 120_000);
  afterAll(async () => {
    for (const bench of benches) bench.desk.close();
    await hand?.disconnect();
    await obs?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function connected(settings: ConstructorParameters<typeof DeskBench>[0] = {}): Promise<DeskBench> {
    const bench = new DeskBench({ address: obs.address, enabled: false, ...settings });
    benches.push(bench);
    bench.password = obsPassword;
    bench.desk.apply({ ...defaults, address: obs.address, enabled: true, ...settings });
    await until('the connection', () => bench.desk.health().state === 'connected');
    await settle();
    return bench;
  }
  const defaults = {
    viewers: { fuel: false, setup: false, names: false },
    saveBestLaps: true,
    chapters: true,
    incidentScene: null,
    incidentSeconds: 8,
  };
  const onAir = async () => (await hand.call('GetCurrentProgramScene')).currentProgramSceneName;

  test('refuses a wrong password, and that is told', async () => {
    const bench = new DeskBench({ address: obs.address });
    benches.push(bench);
    await until('the refusal', () => bench.desk.health().text.includes('wants its password'));
    bench.password = 'wrong';
    bench.desk.retry();
    await until('the refusal', () => bench.desk.health().text.includes('does not take the password'));
  });

  test('says how long its buffer is, saves it after a best lap, and the file is there', async () => {
    const bench = await connected();
    bench.begin();
    await until('the word', () => bench.desk.health().warnings.some((text) => text.includes('does not run')));
    await hand.call('StartReplayBuffer');
    const tooShort = `holds ${bufferSeconds} s`;
    await until('the length', () => bench.desk.health().warnings.some((text) => text.includes(tooShort)));
    bench.lap(2, { lapTimeS: 8 });
    await until('a buffer that is long enough', () => bench.desk.health().warnings.length === 0);
    // OBS needs a moment of pictures before it has something to save.
    await new Promise((done) => setTimeout(done, 1500));
    bench.pass(10_000);
    await until('the save', () => bench.said.some((line) => line.includes('0:08.000')));
    await until('the file', () => readdirSync(obs.recordings).some((name) => name.startsWith('Replay')));
    const [file = ''] = readdirSync(obs.recordings).filter((name) => name.startsWith('Replay'));
    const size = () => statSync(join(obs.recordings, file)).size;
    await until('pictures in it', () => size() > 1000);
  }, 60_000);

  test('switches after an incident and back, and leaves the streamer’s hand alone', async () => {
    const bench = await connected({ incidentScene: 'Oops' });
    bench.status('off-track');
    await settle();
    expect(await onAir()).toBe('Scene');
    bench.pass(30_000);
    bench.status('off-track');
    await expect.poll(onAir).toBe('Oops');
    // OBS tells the end of its transition.
    await new Promise((done) => setTimeout(done, 1000));
    bench.pass(8000);
    await expect.poll(onAir).toBe('Scene');
    await new Promise((done) => setTimeout(done, 1000));
    await hand.call('SetCurrentProgramScene', { sceneName: 'Pit wall' });
    await new Promise((done) => setTimeout(done, 1000));
    bench.pass(29_000);
    bench.status('off-track');
    await new Promise((done) => setTimeout(done, 500));
    expect(await onAir()).toBe('Pit wall');
  }, 60_000);

  test('an old OBS that sets no chapters is told so once', async () => {
    const bench = await connected();
    await hand.call('StartRecord');
    await expect.poll(async () => (await hand.call('GetRecordStatus')).outputActive).toBe(true);
    await settle();
    bench.lap(3);
    bench.lap(4);
    const { availableRequests } = await hand.call('GetVersion');
    const knows = availableRequests.includes('CreateRecordChapter');
    const words = knows ? 'Hybrid MP4' : '30.2 or newer';
    await until('the word', () => bench.said.some((line) => line.includes(words)));
    await settle();
    expect(bench.said.filter((line) => line.includes(words))).toHaveLength(1);
    await hand.call('StopRecord');
  }, 60_000);

  test('ends: that is told, and the desk waits', async () => {
    const bench = await connected();
    await obs.stop();
    await until('the loss', () => bench.desk.health().text.includes('gone'));
    expect(bench.pending).toBe(1);
  });
});
