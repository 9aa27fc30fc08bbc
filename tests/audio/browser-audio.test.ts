/** The same sounds in real Chromium: rendered alike, decoded as the manifest says, scheduled in time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  emptySnapshot,
  type HubMessage,
  hubProtocol,
  snapshotBytes,
  snapshotFlags,
  snapshotLayoutHash,
  soundSettings,
  statuses,
  voicePack,
  writeSnapshot,
} from '@racing-coach/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { MixPort } from '../../overlay/audio/player/mix-port.ts';
import type { SoundNote } from '../../overlay/audio/sound-log.ts';
import { onsetsS } from '../../overlay/audio/testing/measure.ts';
import { playScript, scriptLengthS } from '../../overlay/audio/testing/port-script.ts';
import { chromiumPath } from '../visual/browser.ts';
import { type AudioBench, openBench, samplesOf } from './bench.ts';

if (chromiumPath === undefined)
  console.log('skipped: sound in Chromium: no Chromium was found (set CHROMIUM to its path)');

const pack = voicePack.parse(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'overlay/audio/voices/heart/manifest.json'), 'utf8'),
  ),
);

describe.skipIf(chromiumPath === undefined)('sound in Chromium', () => {
  let bench: AudioBench;
  beforeAll(async () => {
    bench = await openBench();
  }, 120_000);
  afterAll(() => bench?.close());

  const call = <T>(expression: string) => bench.page.evaluate(`window.__bench.${expression}`) as Promise<T>;

  test('both ports render the same script alike, and its tones within a millisecond', async () => {
    const rateHz = 48_000;
    const browser = samplesOf(await call<string>(`script(${rateHz})`));
    const port = new MixPort(rateHz);
    playScript(port);
    const own = port.render(scriptLengthS);
    const differences = own.map((sample, at) => Math.abs(sample - (browser[at] ?? 0)));
    // WebAudio moves a level once a quantum or a frame as it likes: a thousandth is far below hearing.
    expect(differences.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(0.005);
    const [ownOnsets, browserOnsets] = [own, browser].map((samples) => onsetsS(samples, rateHz));
    expect(browserOnsets).toHaveLength(ownOnsets?.length ?? 0);
    for (const [at, onset] of (browserOnsets ?? []).entries())
      expect(Math.abs(onset - (ownOnsets?.[at] ?? 0))).toBeLessThan(0.001);
  });

  test('every clip is decoded, begins at once and is equally loud: within 1.5 dB', async () => {
    const files = JSON.stringify(pack.clips.map(({ file }) => file));
    type Measured = { file: string; lufs: number; peak: number; leadS: number };
    const clips = await call<Measured[]>(`clips('heart', ${files}, 48000)`);
    expect(clips).toHaveLength(pack.clips.length);
    const off = clips.map(({ lufs }) => Math.abs(lufs - pack.loudnessLufs));
    const worst = Math.max(...off);
    console.log(
      `| voice clips | ${clips.length} | furthest from ${pack.loudnessLufs} LUFS: ${worst.toFixed(2)} dB |`,
    );
    expect(clips.filter((_, at) => (off[at] ?? 9) > 1.5)).toEqual([]);
    expect(clips.filter(({ peak }) => peak >= 1)).toEqual([]);
    expect(clips.filter(({ leadS }) => leadS > 0.06)).toEqual([]);
  });

  test('a sentence has its clips where the plan puts them', async () => {
    const rateHz = 24_000;
    const text = await call<string>(`sentence('heart', 'Car left, still there', ${rateHz})`);
    const onsets = onsetsS(samplesOf(text), rateHz, 0.01, 0.1);
    const first = pack.clips.find((clip) => clip.text === 'car left')?.durationS ?? 0;
    expect(onsets[0]).toBeLessThan(0.05);
    expect(Math.abs((onsets.at(-1) ?? 0) - (first + 0.14))).toBeLessThan(0.05);
    expect(await call(`sentence('heart', 'Eau Rouge, brake later', ${rateHz})`)).toBeNull();
  });

  describe('the page', () => {
    const token = 'a-token';
    const clients = new Set<WebSocket>();
    const heard: { type: string }[] = [];
    let row = 0;
    const say = (message: HubMessage) => {
      for (const client of clients) client.send(JSON.stringify(message));
    };
    const cue = (code: string, timeToPointS: number) =>
      say({
        type: 'event',
        event: {
          type: 'cue',
          sample: row,
          sessionTimeS: row / 60,
          lap: 1,
          stint: 0,
          lapDistanceM: 0,
          kind: 'action',
          code,
          cornerId: 'T1',
          priority: 50,
          words: '',
          targetM: null,
          leadM: null,
          evidence: { timeToPointS },
        },
      });
    const snapshot = emptySnapshot();
    const publish = (beat: number, carLeftRight: number) => {
      Object.assign(snapshot, { beat, carLeftRight, sample: row, sessionTimeS: row / 60 });
      snapshot.readAtMs = performance.now();
      snapshot.flags = snapshotFlags.connected | snapshotFlags.driving;
      snapshot.status = statuses.findIndex(({ code }) => code === 'coaching');
      const bytes = new Uint8Array(snapshotBytes);
      writeSnapshot(new DataView(bytes.buffer), snapshot);
      for (const client of clients) client.send(bytes);
      row += 1;
    };
    /** Rows in real time; `first` is what the engine sends just before the first row's snapshot. */
    const drive = async (rows: number, beat: number, carLeftRight = 1, first = () => {}) => {
      const [startMs, firstRow] = [performance.now() + 1000 / 60, row];
      for (let at = 0; at < rows; at += 1) {
        const waitMs = startMs + ((row - firstRow) * 1000) / 60 - performance.now();
        await new Promise((done) => setTimeout(done, Math.max(0, waitMs)));
        if (at === 0) first();
        publish(beat, carLeftRight);
      }
    };

    beforeAll(() => {
      const sockets = new WebSocketServer({ noServer: true });
      bench.served.server.on('upgrade', (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, (client) => {
          clients.add(client);
          client.on('close', () => clients.delete(client));
          client.on('message', (text) => heard.push(JSON.parse(String(text)) as { type: string }));
          const nowMs = performance.now();
          const hello = { type: 'hello', protocol: hubProtocol, layoutHash: snapshotLayoutHash } as const;
          client.send(JSON.stringify({ ...hello, version: '0.0.0', nowMs }));
          const settings = soundSettings.parse({ voice: 'heart', spotter: true });
          client.send(JSON.stringify({ type: 'sound-settings', settings }));
        }),
      );
    });

    test('claims the sound, schedules cues within 10 ms and calls a car within 150 ms', async () => {
      const complaints: string[] = [];
      const page = await bench.browser.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(`http://127.0.0.1:${bench.served.port}/audio/?token=${token}`);
      await expect.poll(() => heard.map(({ type }) => type), { timeout: 20_000 }).toContain('sound-claim');
      const log = () => page.evaluate('window.__racingCoachSound.log()') as Promise<SoundNote[]>;
      expect(await page.textContent('#state')).toContain('Silent');
      say({ type: 'sound-owner', owner: true });
      await expect.poll(() => page.textContent('#state')).toBe('This page sounds.');
      // Tray and HUD learn from it that it is muted.
      const muted = () => heard.filter(({ type }) => type === 'sound-muted').at(-1);
      for (const now of [true, false]) {
        say({ type: 'sound-command', command: 'toggle-mute' });
        await expect.poll(muted).toEqual({ type: 'sound-muted', muted: now });
        await expect.poll(() => page.textContent('#state')).toContain(now ? 'Muted' : 'This page sounds.');
      }
      // The voice is loaded when a call can be said.
      await expect
        .poll(
          async () => {
            say({ type: 'sound-command', command: 'say-flags' });
            return (await log()).some(({ does }) => does === 'speech');
          },
          { timeout: 60_000, interval: 500 },
        )
        .toBe(true);
      await drive(90, 0);
      const countdowns = 3;
      for (let count = 0; count < countdowns; count += 1) {
        for (const [at, code] of ['brake-beat-3', 'brake-beat-2', 'brake-beat-1', 'brake-go'].entries())
          await drive(30, [3, 2, 1, -1][at] ?? 0, 1, () => cue(code, 1.5 - at / 2));
        await drive(6, 0);
      }
      await drive(30, 0, 2);
      const notes = await log();
      const tones = notes.filter(({ does }) => does === 'tone');
      // A busy machine holds a message up now and then, and a tone that would be late is left out: most must be there, and in time.
      expect(new Set(tones.map(({ what }) => what))).toEqual(new Set(['beat-3', 'beat-2', 'beat-1', 'go']));
      expect(tones.length).toBeGreaterThanOrEqual(10);
      const first = tones.filter(({ what }) => what === 'beat-3');
      const lateMs = first.map(({ scheduledMs, causeMs }) => scheduledMs - causeMs).sort((a, b) => a - b);
      console.log(`| cue to scheduled sound | ${lateMs.map((ms) => ms.toFixed(1)).join(', ')} ms |`);
      expect(lateMs[Math.floor(lateMs.length / 2)]).toBeLessThan(10);
      const call = notes.find(({ what }) => what === 'car left');
      expect((call?.scheduledMs ?? 1e9) - (call?.causeMs ?? 0)).toBeLessThan(150);
      expect(complaints).toEqual([]);
      await page.close();
    });

    test('is silent when its address says so', async () => {
      heard.length = 0;
      const page = await bench.browser.newPage();
      await page.goto(`http://127.0.0.1:${bench.served.port}/audio/?token=${token}&audio=0`);
      await expect.poll(() => page.textContent('#state')).toContain('audio=0');
      expect(heard).toEqual([]);
      await page.close();
    });
  });
});
