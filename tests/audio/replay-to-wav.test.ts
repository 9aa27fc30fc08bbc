/**
 * A whole replay as sound: the demo session's cue log through the board, onto plain samples, into a WAV; and the onsets that are in the samples against
 * the log. `RACING_COACH_KEEP_WAV=FILE` keeps the file for listening.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CoachEvent, type CueEvent, coachEvent } from '@racing-coach/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wavFile } from '../../overlay/audio/player/wav.ts';
import { BoardBench, benchRateHz } from '../../overlay/audio/testing/board-bench.ts';
import { onsetsS } from '../../overlay/audio/testing/measure.ts';
import { root, runCoach } from '../engine/racing-coach.ts';

const beats = { 'brake-beat-3': 3, 'brake-beat-2': 2, 'brake-beat-1': 1, 'brake-go': -1 } as Record<
  string,
  number
>;
const laps = (name: string) => join(root, 'reference-laps', name);

let folder: string;
let events: CoachEvent[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-replay-sound-'));
  const log = join(folder, 'events.jsonl');
  const reference = ['--reference', `${laps('demo-reference.parquet')}#1`, '--own'];
  const replay = [
    'replay',
    laps('demo-session.ibt'),
    ...reference,
    '--speed',
    'max',
    '--no-serve',
    '--events',
    log,
  ];
  const ended = await runCoach(replay, folder);
  expect(ended.status, ended.err).toBe(0);
  events = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => coachEvent.parse(JSON.parse(line)));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Row by row, as it came. The countdown of the snapshot is that of the log: a beat lasts until the next, or until it is overdue. */
function played(latencyS: number): { bench: BoardBench; cues: CueEvent[]; lengthS: number } {
  const settings = { volume: 1, toneVolume: 1 };
  const bench = new BoardBench({ settings, latencyS, transitMs: 2 });
  const cues: CueEvent[] = [];
  for (const event of events) {
    let since = 0;
    const overdue = bench.snapshot.beat === -1 ? 18 : 36;
    bench.drive(event.sample - bench.row, (snapshot) => {
      since += 1;
      if (since > overdue) snapshot.beat = 0;
    });
    bench.event(event);
    if (event.type !== 'cue') continue;
    cues.push(event);
    bench.snapshot.beat = beats[event.code] ?? bench.snapshot.beat;
  }
  bench.drive(60);
  return { bench, cues, lengthS: bench.rowS(bench.row) };
}

describe('the demo session as sound', () => {
  test('every cue of the log has its onset within 5 ms, and nothing else sounds', () => {
    const { bench, cues, lengthS } = played(0);
    const mix = bench.port.render(lengthS);
    const keep = process.env['RACING_COACH_KEEP_WAV'];
    if (keep !== undefined) writeFileSync(keep, wavFile(mix, benchRateHz));
    const onsets = onsetsS(mix, benchRateHz, 0.001);
    const firstOf = cues.filter(({ code }) => code in beats || code === 'corner-verdict');
    expect(firstOf.length).toBeGreaterThan(60);
    expect(onsets).toHaveLength(firstOf.length);
    const off = onsets.map((onsetS, at) => {
      const { code, sample } = firstOf[at] as CueEvent;
      // A beat is planned a fixed lead after its row, so that all are equally late; a verdict sounds when it arrives, and rises slowly.
      const plannedS = bench.rowS(sample) + (code in beats ? 0.006 : 0.002 + 128 / benchRateHz);
      return Math.abs(onsetS - plannedS);
    });
    const worstMs = 1000 * Math.max(...off);
    console.log(
      `| replay rendered to WAV | ${onsets.length} onsets | at most ${worstMs.toFixed(2)} ms off the plan |`,
    );
    expect(worstMs).toBeLessThan(5);
  });

  test('with a device 50 ms late, what is heard is on the beat: GO within 5 ms of the point', () => {
    const latencyS = 0.05;
    const { bench, cues } = played(latencyS);
    const tones = bench.board.log.list().filter(({ does }) => does === 'tone');
    const goes = cues.filter(({ code }) => code === 'brake-go');
    const heard = tones.filter(({ what }) => what === 'go').map(({ startS }) => startS + latencyS);
    const off = goes.map(({ sample, evidence }) => {
      const exactS = bench.rowS(sample) + (evidence['timeToPointS'] ?? 0);
      return Math.min(...heard.map((heardS) => Math.abs(heardS - exactS)));
    });
    const sorted = off.toSorted((a, b) => a - b);
    const [median, worst] = [sorted[Math.floor(sorted.length / 2)] ?? 9, sorted.at(-1) ?? 9];
    console.log(
      `| GO heard on a device 50 ms late | median ${(1000 * median).toFixed(1)} ms off the point | worst ${(1000 * worst).toFixed(1)} ms |`,
    );
    expect(goes.length).toBeGreaterThan(10);
    expect(median).toBeLessThan(0.005);
    expect(worst).toBeLessThan(0.02);
  });
});
