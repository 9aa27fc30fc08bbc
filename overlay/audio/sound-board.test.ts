import { statuses } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { quantumS } from './player/audio-port.ts';
import { BoardBench, benchRateHz } from './testing/board-bench.ts';
import { flatVoice } from './testing/flat-voice.ts';
import { onsetsS } from './testing/measure.ts';

const spotterVoice = flatVoice(benchRateHz, 0.5, [
  'car left',
  'car right',
  'clear',
  'still there',
  'brake later',
  'black flag',
  'blue flag',
  'yellow flag',
  'no flag',
]);
const full = { volume: 1, toneVolume: 1, voiceVolume: 1 };
const said = ({ board }: BoardBench) =>
  board.log.list().flatMap(({ does, what }) => (does === 'speech' ? [what] : []));

describe('tones', () => {
  const codes = ['brake-beat-3', 'brake-beat-2', 'brake-beat-1', 'brake-go'];
  const countdown = (bench: BoardBench) => {
    bench.drive(60);
    for (const [at, code] of codes.entries()) {
      bench.cue(code, { evidence: { timeToPointS: 1.5 - at * 0.5 } });
      bench.drive(30, (snapshot) => {
        snapshot.beat = [3, 2, 1, -1][at] ?? 0;
      });
    }
  };

  test('each beat begins within 5 ms of its plan, and is given to the device within 10 ms of its cue', () => {
    const bench = new BoardBench({ settings: full, transitMs: 2 });
    countdown(bench);
    const onsets = onsetsS(bench.port.render(4), benchRateHz);
    expect(onsets).toHaveLength(4);
    for (const [at, onsetS] of onsets.entries()) {
      const plannedS = bench.rowS(60 + 30 * at) + 0.006;
      expect(Math.abs(onsetS - plannedS)).toBeLessThan(0.005);
    }
    for (const { scheduledMs, causeMs } of bench.board.log.list())
      expect(scheduledMs - causeMs).toBeLessThan(10);
  });

  test('with a device that is 60 ms late GO is heard on the point all the same', () => {
    const bench = new BoardBench({ settings: full, transitMs: 2, latencyS: 0.06 });
    countdown(bench);
    const heard = onsetsS(bench.port.render(4), benchRateHz).map((onsetS) => onsetS + 0.06);
    expect(heard).toHaveLength(4);
    expect(Math.abs((heard[3] ?? 0) - bench.rowS(150))).toBeLessThan(0.005);
  });

  test("the driver's own calibration counts for more than the device's word", () => {
    const bench = new BoardBench({ settings: { ...full, latencyMs: 120 }, latencyS: 0.01 });
    countdown(bench);
    const go = onsetsS(bench.port.render(4), benchRateHz)[3] ?? 0;
    expect(Math.abs(go + 0.12 - bench.rowS(150))).toBeLessThan(0.005);
  });

  test('a countdown that the coach ends gives no GO', () => {
    const bench = new BoardBench({ settings: full, latencyS: 0.05 });
    bench.drive(60);
    bench.cue('brake-beat-3', { evidence: { timeToPointS: 1.5 } });
    bench.drive(20, (snapshot) => {
      snapshot.beat = 3;
    });
    bench.drive(120, (snapshot) => {
      snapshot.beat = 0;
    });
    expect(onsetsS(bench.port.render(4), benchRateHz)).toHaveLength(1);
  });

  test('a verdict is a third, up or down', () => {
    const bench = new BoardBench({ settings: full });
    bench.drive(60);
    bench.cue('corner-verdict', { kind: 'info', words: 'T1 -0.10', evidence: { deltaS: -0.1 } });
    bench.cue('corner-verdict', { kind: 'info', words: 'T1 +0.10', evidence: { deltaS: 0.1 } });
    expect(bench.board.log.list().map(({ what }) => what)).toEqual(['verdict-gain', 'verdict-loss']);
    expect(bench.captions).toEqual(['T1 -0.10', 'T1 +0.10']);
  });
});

describe('captions alone are the default', () => {
  test('without a voice nothing is said, and everything is shown', () => {
    const bench = new BoardBench();
    bench.drive(60);
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    bench.hear({ type: 'sound-command', command: 'say-flags' });
    expect(bench.captions).toEqual(['Brake later', 'No flag']);
    expect(bench.port.render(2, 'voice').every((sample) => sample === 0)).toBe(true);
  });

  test('a sentence that the voice lacks a word of is shown alone', () => {
    const bench = new BoardBench({ voice: spotterVoice });
    bench.drive(60);
    bench.cue('advice', { kind: 'teach', words: 'Brake later, a bit' });
    expect([bench.captions, said(bench)]).toEqual([['Brake later, a bit'], []]);
  });
});

describe('spotter', () => {
  const besides = (bench: BoardBench, value: number, rows: number) =>
    bench.drive(rows, (snapshot) => {
      snapshot.carLeftRight = value;
    });

  test('is off until the driver says that nobody else spots for him', () => {
    const bench = new BoardBench({ voice: spotterVoice });
    besides(bench, 2, 300);
    expect([bench.captions, said(bench)]).toEqual([[], []]);
  });

  test('the first word is out within 150 ms of the tick, and cuts what is being said within a quantum', () => {
    const bench = new BoardBench({ settings: { ...full, spotter: true }, voice: spotterVoice, transitMs: 5 });
    besides(bench, 1, 60);
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    besides(bench, 1, 12);
    const tickS = bench.rowS(bench.row);
    besides(bench, 2, 60);
    const call = bench.board.log.list().find(({ what }) => what === 'car left');
    expect((call?.startS ?? 1) - tickS).toBeLessThan(0.15);
    const voice = bench.port.render(3, 'voice');
    const cutAt = Math.round((tickS + 0.005 + quantumS(bench.port)) * benchRateHz);
    // Never two at once: at no sample more than one clip's level.
    expect(voice.reduce((most, sample) => Math.max(most, sample), 0)).toBeLessThan(0.1001);
    expect(voice[cutAt - 2]).toBeLessThan(0.02);
    expect(voice[cutAt + 1]).toBeCloseTo(0.1, 3);
  });

  test('no advice within two seconds of a call', () => {
    const bench = new BoardBench({ settings: { spotter: true }, voice: spotterVoice });
    besides(bench, 1, 60);
    besides(bench, 2, 30);
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    besides(bench, 2, 240);
    expect(said(bench)).toEqual(['car left', 'still there']);
    expect(bench.board.log.list()).toContainEqual(expect.objectContaining({ does: 'drop', reason: 'late' }));
  });

  test('none in the pits, nor while paced', () => {
    const bench = new BoardBench({ settings: { spotter: true }, voice: spotterVoice });
    const driving = bench.snapshot.flags;
    bench.snapshot.flags = 0;
    besides(bench, 2, 60);
    bench.snapshot.flags = driving;
    for (const code of ['pacing', 'caution']) {
      bench.snapshot.status = statuses.findIndex((status) => status.code === code);
      besides(bench, 2, 60);
    }
    expect(said(bench)).toEqual([]);
    bench.snapshot.status = statuses.findIndex(({ code }) => code === 'coaching');
    besides(bench, 2, 10);
    expect(said(bench)).toEqual(['car left']);
  });
});

describe('one owner', () => {
  test('a page that does not own the sound is silent, also in the middle of a word', () => {
    const bench = new BoardBench({ settings: full, voice: spotterVoice });
    bench.drive(60);
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    bench.drive(6);
    bench.hear({ type: 'sound-owner', owner: false });
    bench.cue('brake-beat-3', { evidence: { timeToPointS: 1.5 } });
    bench.drive(60);
    const mix = bench.port.render(3);
    expect(mix[Math.round(1.05 * benchRateHz)]).toBeGreaterThan(0.05);
    expect(mix.subarray(Math.round(1.2 * benchRateHz)).every((sample) => Math.abs(sample) < 1e-6)).toBe(true);
  });

  test('so is one that has lost the hub', () => {
    const bench = new BoardBench({ voice: spotterVoice });
    bench.drive(60);
    bench.board.disconnected(2000);
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    expect(said(bench)).toEqual([]);
  });
});

test('the mute key silences all and lets it sound again; answers are given then', () => {
  const bench = new BoardBench({ settings: full, voice: spotterVoice });
  bench.drive(60);
  bench.hear({ type: 'sound-command', command: 'toggle-mute' });
  bench.hear({ type: 'sound-command', command: 'say-flags' });
  bench.drive(30);
  expect(said(bench)).toEqual([]);
  bench.hear({ type: 'sound-command', command: 'toggle-mute' });
  bench.drive(5, (snapshot) => {
    snapshot.sessionFlags = 0x10000;
  });
  bench.drive(60);
  bench.hear({ type: 'sound-command', command: 'say-flags' });
  // Called when it appeared, and once more because it was asked for.
  expect(said(bench)).toEqual(['black flag', 'black flag']);
});

test('speech makes room for a tone, and tones for the spotter', () => {
  const bench = new BoardBench({ settings: { ...full, spotter: true }, voice: spotterVoice });
  bench.drive(60);
  bench.hear({ type: 'sound-command', command: 'say-flags' });
  bench.drive(10);
  bench.cue('brake-go', { evidence: { timeToPointS: 0 } });
  bench.drive(60);
  const voice = bench.port.render(3, 'voice');
  const at = (row: number, ms: number) => voice[Math.round((bench.rowS(row) + ms / 1000) * benchRateHz)];
  expect(at(65, 0)).toBeCloseTo(0.1, 3);
  expect(at(70, 70)).toBeLessThan(0.05);
  expect(at(70, 200)).toBeGreaterThan(0.09);
});

describe('flags', () => {
  const shows = (bench: BoardBench, sessionFlags: number, rows: number) =>
    bench.drive(rows, (snapshot) => {
      snapshot.sessionFlags = sessionFlags;
    });
  const tonesOf = ({ board }: BoardBench) =>
    board.log.list().flatMap(({ does, what }) => (does === 'tone' ? [what] : []));

  test('are called when they appear, cut advice short, and advice leaves them two seconds', () => {
    const bench = new BoardBench({ settings: full, voice: spotterVoice });
    bench.drive(60);
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    shows(bench, 0, 6);
    shows(bench, 0x20, 12);
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    shows(bench, 0x20, 60);
    expect(said(bench)).toEqual(['Brake later', 'blue flag']);
    expect(
      bench.board.log
        .list()
        .filter(({ does }) => does === 'drop')
        .map(({ reason }) => reason),
    ).toEqual(['late']);
    expect(tonesOf(bench)).toEqual([]);
  });

  test('an alarm belongs to danger alone: a waved yellow, or a warning of the coach', () => {
    const bench = new BoardBench({ settings: full, voice: spotterVoice });
    shows(bench, 0x8, 90);
    expect(tonesOf(bench)).toEqual([]);
    shows(bench, 0x108, 90);
    expect(tonesOf(bench)).toEqual(['alarm']);
    expect(said(bench)).toEqual(['yellow flag', 'yellow flag']);
    bench.cue('car-ahead-slow', { kind: 'safety', words: 'Slow car ahead' });
    expect(tonesOf(bench)).toEqual(['alarm', 'alarm']);
  });

  test('are captions where there is no voice, and nothing when the driver does not want them', () => {
    const bench = new BoardBench({ settings: { toneVolume: null } });
    shows(bench, 0x108, 90);
    expect([bench.captions, tonesOf(bench)]).toEqual([['Yellow flag'], []]);
    const quiet = new BoardBench({ settings: { flags: false }, voice: spotterVoice });
    shows(quiet, 0x108, 90);
    expect([quiet.captions, said(quiet), tonesOf(quiet)]).toEqual([[], [], []]);
  });
});

describe('where the rules forbid live instruction', () => {
  const rules = (raceLegal: boolean) => ({ type: 'rules' as const, raceLegal, why: '' });

  test('no beat, no GO, no verdict and no advice is heard, whoever sends it; spotter, flags and answers are', () => {
    const bench = new BoardBench({ settings: { ...full, spotter: true }, voice: spotterVoice });
    bench.hear(rules(true));
    bench.drive(60);
    bench.cue('brake-beat-3', { evidence: { timeToPointS: 1.5 } });
    bench.cue('corner-verdict', { kind: 'info', words: 'T1 +0.10', evidence: { deltaS: 0.1 } });
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    bench.drive(120, (snapshot) => {
      snapshot.beat = 3;
      snapshot.carLeftRight = 2;
    });
    expect(bench.board.log.list().map(({ what }) => what)).toEqual(['car left']);
    expect(bench.captions).toEqual(['Car left']);
    bench.hear({ type: 'sound-command', command: 'say-flags' });
    expect(said(bench)).toEqual(['car left', 'no flag']);
    bench.hear(rules(false));
    bench.cue('brake-go', { evidence: { timeToPointS: 0 } });
    expect(bench.board.log.list().at(-1)).toMatchObject({ what: 'go' });
  });

  test('what is being said and what was planned ends with it', () => {
    const bench = new BoardBench({ settings: full, voice: spotterVoice, latencyS: 0.06 });
    bench.drive(60);
    bench.cue('brake-beat-3', { evidence: { timeToPointS: 1.5 } });
    bench.cue('advice', { kind: 'teach', words: 'Brake later' });
    bench.drive(6, (snapshot) => {
      snapshot.beat = 3;
    });
    bench.hear(rules(true));
    const endS = bench.rowS(bench.row);
    bench.drive(120);
    const after = bench.port.render(4).subarray(Math.round((endS + 0.05) * benchRateHz));
    expect(after.every((sample) => Math.abs(sample) < 1e-6)).toBe(true);
  });
});

test('fuel is told on request from what the engine worked out, and never from before the hub went', () => {
  const fuel = { perLapL: 2.5, lapsCounted: 3, lapsToFlag: null, marginLaps: null };
  const bench = new BoardBench();
  const ask = () => bench.hear({ type: 'sound-command', command: 'say-fuel' });
  ask();
  bench.hear({ type: 'fuel', ...fuel, levelL: 30.26, lapsLeft: null });
  ask();
  bench.hear({ type: 'fuel', ...fuel, levelL: 30.2, lapsLeft: 12.08 });
  ask();
  bench.board.disconnected(2000);
  ask();
  expect(bench.captions).toEqual(['Not known yet', '30.2 liters', 'Fuel for 12 laps', 'Not known yet']);
});
