/** The OBS desk against a server that speaks the real protocol. */
import { obsSettings } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeskBench, settle, until } from './testing/desk-bench.ts';
import { FakeObs } from './testing/fake-obs.ts';

let obs: FakeObs;
let bench: DeskBench;
beforeEach(async () => {
  obs = await FakeObs.open();
});
afterEach(async () => {
  await bench?.desk.close();
  await obs.close();
});

async function connected(settings: ConstructorParameters<typeof DeskBench>[0] = {}): Promise<DeskBench> {
  bench = new DeskBench({ address: obs.address, ...settings });
  await until('the connection', () => bench.desk.health().state === 'connected');
  await settle();
  return bench;
}
const count = (type: string) => obs.done.filter((request) => request.type === type).length;
const chapters = () =>
  obs.done.filter(({ type }) => type === 'CreateRecordChapter').map(({ data }) => data?.['chapterName']);
const scenes = () =>
  obs.done.filter(({ type }) => type === 'SetCurrentProgramScene').map(({ data }) => data?.['sceneName']);

describe('the connection', () => {
  test('is not sought unless it is wanted', async () => {
    bench = new DeskBench({ address: obs.address, enabled: false });
    await settle();
    expect(obs.identified).toBe(0);
    expect(bench.desk.health().state).toBe('off');
  });

  test('answers the challenge, and the password itself never travels', async () => {
    const closed = await FakeObs.open('correct horse');
    bench = new DeskBench({ address: closed.address });
    bench.password = 'correct horse';
    bench.desk.retry();
    await until('the connection', () => bench.desk.health().state === 'connected');
    expect(closed.heard.join()).not.toContain('correct horse');
    expect(JSON.stringify([bench.said, bench.desk.health()])).not.toContain('correct horse');
    await closed.close();
  });

  test('a wrong password and none at all are told apart, and a new one is tried at once', async () => {
    const closed = await FakeObs.open('right');
    bench = new DeskBench({ address: closed.address });
    await until('the refusal', () => bench.desk.health().state === 'trouble');
    expect(bench.desk.health().text).toContain('wants its password');
    bench.password = 'wrong';
    bench.desk.retry();
    await until('the refusal', () => bench.desk.health().text.includes('does not take the password'));
    expect(bench.pending).toBe(1);
    bench.password = 'right';
    bench.desk.retry();
    await until('the connection', () => bench.desk.health().state === 'connected');
    await closed.close();
  });

  test('comes when OBS comes, and again after it was closed', async () => {
    const { port } = obs;
    await obs.close();
    bench = new DeskBench({ address: `ws://127.0.0.1:${port}` });
    await until('the first attempt', () => bench.desk.health().text.includes('does not answer'));
    obs = await FakeObs.open(null, port);
    bench.pass(2000);
    await until('the connection', () => bench.desk.health().state === 'connected');
    await obs.close();
    await until('the loss', () => bench.desk.health().text.includes('gone'));
    obs = await FakeObs.open(null, port);
    bench.pass(2000);
    await until('the return', () => bench.desk.health().state === 'connected');
    // One of each, though there were many attempts.
    expect(bench.said.filter((line) => line.includes('gone'))).toHaveLength(1);
  });

  test('an OBS that hangs on a dialog holds nobody up', async () => {
    obs.answers.set('GetReplayBufferStatus', null);
    bench = await connected();
    bench.begin();
    bench.lap(3);
    await until('the timer', () => bench.pending === 1);
    bench.pass(10_000);
    await until('the save', () => count('SaveReplayBuffer') === 1);
    expect(bench.desk.health()).toMatchObject({ state: 'connected', warnings: [] });
  });

  test('other settings connect anew, the same ones do not', async () => {
    bench = await connected();
    const { identified } = obs;
    bench.desk.apply({ ...settings() });
    bench.desk.apply({ ...settings(), viewers: { fuel: true, setup: true, names: true } });
    await settle();
    expect(obs.identified).toBe(identified);
    expect(obs.connections).toBe(1);
    bench.desk.apply({ ...settings(), enabled: false });
    await until('the end', () => obs.identified === 0);
    expect(bench.desk.health().state).toBe('off');
  });
});

const settings = () => ({
  viewers: { fuel: false, setup: false, names: false },
  enabled: true,
  address: obs.address,
  saveBestLaps: true,
  chapters: true,
  incidentScene: null,
  incidentSeconds: 8,
});

describe('best laps', () => {
  test('are saved ten seconds after the line, however late their time came', async () => {
    bench = await connected();
    bench.begin();
    bench.lap(3, { lapTimeS: 89 }, 2500);
    await settle();
    bench.pass(7400);
    await settle();
    expect(count('SaveReplayBuffer')).toBe(0);
    bench.pass(100);
    await until('the save', () => count('SaveReplayBuffer') === 1);
    await until('the word', () => bench.said.some((line) => line.includes('1:29.000')));
  });

  test.each([
    ['slower than the stored best', { lapTimeS: 90.001 }],
    ['timed by ourselves', { timeSource: 'interpolated' as const }],
    ['invalid', { valid: false }],
    ['incomplete', { complete: false }],
    ['without a time', { lapTimeS: null }],
  ])('a lap that is %s is none', async (_, over) => {
    bench = await connected();
    bench.begin();
    bench.lap(3, over);
    await settle();
    bench.pass(60_000);
    await settle();
    expect(count('SaveReplayBuffer')).toBe(0);
  });

  test('the first lap of all is none, the next better one is', async () => {
    bench = await connected();
    bench.bestS = null;
    bench.begin();
    bench.lap(1, { lapTimeS: 95 });
    await settle();
    bench.pass(10_000);
    bench.lap(2, { lapTimeS: 94 });
    await settle();
    bench.pass(10_000);
    bench.lap(3, { lapTimeS: 94.5 });
    await settle();
    bench.pass(10_000);
    await until('the save', () => count('SaveReplayBuffer') === 1);
    await settle();
    expect(count('SaveReplayBuffer')).toBe(1);
  });

  test('another car has another best', async () => {
    bench = await connected();
    bench.begin('demo', 'slow');
    bench.lap(1, { lapTimeS: 80 });
    await settle();
    bench.bestS = 70;
    bench.begin('demo', 'fast');
    bench.lap(2, { lapTimeS: 75 });
    await settle();
    bench.pass(10_000);
    await settle();
    // The first one's timer was due as well.
    expect(count('SaveReplayBuffer')).toBe(1);
  });

  test('a buffer that is too short is told before the lap, once, and taken back when it is longer', async () => {
    obs.buffer.seconds = 60;
    bench = await connected();
    bench.begin();
    await until('the warning', () => bench.desk.health().warnings.length === 1);
    expect(bench.desk.health().warnings[0]).toContain('holds 60 s');
    expect(bench.desk.health().warnings[0]).toContain('100 s or more');
    bench.lap(2, { lapTimeS: 89.9 });
    await settle();
    expect(bench.said.filter((line) => line.includes('holds 60 s'))).toHaveLength(1);
    obs.buffer.seconds = 120;
    obs.event('ReplayBufferStateChanged', { outputActive: true, outputState: 'started' });
    await until('the end of it', () => bench.desk.health().warnings.length === 0);
  });

  test('a buffer that does not run is told, and so is a save that fails', async () => {
    obs.buffer.running = false;
    obs.answers.set('SaveReplayBuffer', { code: 501 });
    bench = await connected();
    bench.begin();
    bench.lap(2);
    await settle();
    bench.pass(10_000);
    await until('the warning', () => bench.desk.health().warnings.length === 2);
    expect(bench.desk.health().warnings.every((text) => text.includes('does not run'))).toBe(true);
  });

  test('switched off, nothing is saved', async () => {
    bench = await connected({ saveBestLaps: false });
    bench.begin();
    bench.lap(2);
    await settle();
    bench.pass(10_000);
    await settle();
    expect(count('SaveReplayBuffer')).toBe(0);
  });

  test('OBS away at the time is told', async () => {
    bench = await connected();
    bench.begin();
    bench.lap(2);
    await settle();
    await obs.close();
    await until('the loss', () => bench.desk.health().state === 'connecting');
    bench.pass(10_000);
    await until('the word', () => bench.said.some((line) => line.includes('was not saved')));
  });
});

describe('chapters', () => {
  test('one for each lap that begins, while a recording runs', async () => {
    bench = await connected();
    bench.lap(1);
    obs.event('RecordStateChanged', { outputActive: true, outputState: 'started', outputPath: 'x' });
    await settle();
    bench.lap(2);
    bench.lap(3);
    await until('two chapters', () => chapters().length === 2);
    obs.event('RecordStateChanged', { outputActive: false, outputState: 'stopped', outputPath: 'x' });
    await settle();
    bench.lap(4);
    await settle();
    expect(chapters()).toEqual(['Lap 3', 'Lap 4']);
  });

  test('a recording that runs already gets them', async () => {
    obs.recording = true;
    bench = await connected();
    bench.lap(6);
    await until('a chapter', () => chapters().length === 1);
  });

  test('a lap that a reset or the pits broke off begins none: the next one at the line has its own', async () => {
    obs.recording = true;
    bench = await connected();
    bench.lap(3, { complete: false, lapTimeS: null, reasons: ['reset', 'ends-mid-lap'] });
    bench.lap(3, { complete: false, lapTimeS: null, reasons: ['starts-mid-lap'] });
    await until('a chapter', () => chapters().length > 0);
    await settle();
    expect(chapters()).toEqual(['Lap 4']);
  });

  test.each([
    [204, '30.2 or newer'],
    [702, 'Hybrid MP4'],
  ])('a refusal with %d is told once, and tried again with the next recording', async (code, words) => {
    obs.recording = true;
    obs.answers.set('CreateRecordChapter', { code });
    bench = await connected();
    bench.lap(1);
    await until('the word', () => bench.said.some((line) => line.includes(words)));
    bench.lap(2);
    bench.lap(3);
    await settle();
    expect(chapters()).toHaveLength(1);
    expect(bench.said.filter((line) => line.includes(words))).toHaveLength(1);
    obs.answers.delete('CreateRecordChapter');
    obs.event('RecordStateChanged', { outputActive: true, outputState: 'started', outputPath: 'x' });
    await settle();
    bench.lap(4);
    await until('another', () => chapters().length === 2);
    await until('the end of it', () => bench.desk.health().warnings.every((text) => !text.includes(words)));
  });
});

describe('the scene after an incident', () => {
  const wanted = { incidentScene: 'Oops', incidentSeconds: 8 };
  /** OBS has switched, and we know of it: the way back is planned. */
  const switched = () => until('the switch', () => obs.scene === 'Oops' && bench.pending === 1);

  test('is off by default', async () => {
    bench = await connected();
    bench.pass(60_000);
    bench.status('off-track');
    await settle();
    expect(scenes()).toEqual([]);
  });

  test('comes, stays while it goes on, and goes', async () => {
    bench = await connected(wanted);
    bench.pass(30_000);
    bench.status('off-track');
    await switched();
    await settle();
    bench.pass(5000);
    bench.status('damage');
    await settle();
    bench.pass(5000);
    await settle();
    expect(obs.scene).toBe('Oops');
    bench.pass(3000);
    await until('the way back', () => obs.scene === 'Main');
    expect(scenes()).toEqual(['Oops', 'Main']);
  });

  test('never within half a minute of the streamer’s own switch, nor of our coming', async () => {
    bench = await connected(wanted);
    bench.pass(29_999);
    bench.status('off-track');
    await settle();
    expect(scenes()).toEqual([]);
    obs.switchTo('Pit wall');
    await settle();
    bench.pass(29_999);
    bench.status('off-track');
    await settle();
    expect(scenes()).toEqual([]);
    bench.pass(1);
    bench.status('off-track');
    await switched();
    bench.pass(8000);
    await until('the way back', () => obs.scene === 'Pit wall');
  });

  test('a switch of the streamer’s meanwhile stays', async () => {
    bench = await connected(wanted);
    bench.pass(30_000);
    bench.status('off-track');
    await switched();
    await settle();
    obs.switchTo('Break');
    await settle();
    bench.pass(60_000);
    await settle();
    expect(obs.scene).toBe('Break');
    expect(scenes()).toEqual(['Oops']);
  });

  test('going back by our own hand is no switch of the streamer’s', async () => {
    bench = await connected(wanted);
    bench.pass(30_000);
    for (const _ of [1, 2]) {
      bench.status('off-track');
      await switched();
      await settle();
      bench.pass(8000);
      await until('the way back', () => obs.scene === 'Main');
      await settle();
    }
    expect(scenes()).toEqual(['Oops', 'Main', 'Oops', 'Main']);
  });

  test.each(['reset', 'in-pits', 'coaching', 'paused'])('%s is no incident', async (status) => {
    bench = await connected(wanted);
    bench.pass(30_000);
    bench.status(status);
    await settle();
    expect(scenes()).toEqual([]);
  });

  test.each([
    ['what viewers may see is changed: it stays for its time', { viewers: { fuel: true } }, ['Oops']],
    ['OBS is no longer wanted: it goes at once', { enabled: false }, ['Oops', 'Main']],
    ['another scene is wanted: it goes at once', { incidentScene: 'Replay' }, ['Oops', 'Main']],
  ])('while it is shown %s', async (_, change, shown) => {
    bench = await connected(wanted);
    bench.pass(30_000);
    bench.status('off-track');
    await switched();
    await settle();
    bench.desk.apply(obsSettings.parse({ enabled: true, address: obs.address, ...wanted, ...change }));
    await settle();
    expect(scenes()).toEqual(shown);
    bench.pass(8000);
    await until('the way back', () => obs.scene === 'Main');
  });

  test('the end of the engine gives the scene back, and does not wait for an OBS that hangs', async () => {
    bench = await connected(wanted);
    bench.pass(30_000);
    bench.status('off-track');
    await switched();
    await settle();
    obs.answers.set('SetCurrentProgramScene', null);
    const closed = bench.desk.close();
    await until('the way back', () => scenes().at(-1) === 'Main');
    bench.pass(500);
    await closed;
  });

  test('a scene that is not there is told', async () => {
    obs.answers.set('SetCurrentProgramScene', { code: 600 });
    bench = await connected(wanted);
    bench.pass(30_000);
    bench.status('off-track');
    await until('the warning', () =>
      bench.desk.health().warnings.some((text) => text.includes('no scene “Oops”')),
    );
    bench.pass(8000);
    await settle();
    expect(scenes()).toEqual(['Oops']);
  });

  test('OBS away when it is time to go back: it goes back when it is there again', async () => {
    const { port } = obs;
    bench = await connected(wanted);
    bench.pass(30_000);
    bench.status('off-track');
    await switched();
    await settle();
    await obs.close();
    await until('the loss', () => bench.desk.health().state === 'connecting');
    obs = await FakeObs.open(null, port);
    obs.scene = 'Oops';
    bench.pass(8000);
    await until('the return', () => bench.desk.health().state === 'connected');
    await settle();
    bench.pass(0);
    await until('the way back', () => obs.scene === 'Main');
  });
});
