import { type SoundSettings, soundSettings, statuses } from '@racing-coach/contract';
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

  test('no verdict and no caption of the coach either, with a voice or without; what is said late is shown then', () => {
    for (const voice of [spotterVoice, null]) {
      const bench = new BoardBench({ settings: { ...full, spotter: true }, voice });
      const verdict = () =>
        bench.cue('corner-verdict', { kind: 'info', words: 'T1 +0.10', evidence: { deltaS: 0.1 } });
      besides(bench, 1, 60);
      besides(bench, 2, 30);
      verdict();
      bench.cue('advice', { kind: 'teach', words: 'Brake later' });
      besides(bench, 2, 60);
      expect(bench.captions).toEqual(['Car left']);
      expect(bench.board.log.list().filter(({ does }) => does === 'tone')).toEqual([]);
      expect(bench.board.log.list()).toContainEqual(
        expect.objectContaining({ what: 'corner-verdict', does: 'drop', reason: 'after-call' }),
      );
      besides(bench, 2, 42);
      bench.cue('advice', { kind: 'teach', words: 'Brake later' });
      besides(bench, 2, 60);
      // Two seconds after half a second of speech: with a voice it is said, and shown, a little later.
      expect(bench.captions.slice(0, 2)).toEqual(['Car left', 'Brake later']);
      expect(said(bench).slice(0, 2)).toEqual(voice === null ? [] : ['car left', 'Brake later']);
      besides(bench, 1, 240);
      verdict();
      expect(bench.captions.at(-1)).toBe('T1 +0.10');
      expect(bench.board.log.list()).toContainEqual(expect.objectContaining({ what: 'verdict-loss' }));
    }
  });

  test('a countdown goes on through a call, 8 dB lower while it is spoken', () => {
    const level = (call: boolean) => {
      const bench = new BoardBench({ settings: { ...full, spotter: true }, voice: spotterVoice });
      besides(bench, 1, 60);
      bench.cue('brake-beat-1', { evidence: { timeToPointS: 0.5 } });
      bench.drive(24, (snapshot) => {
        snapshot.beat = 1;
      });
      besides(bench, call ? 2 : 1, 6);
      bench.cue('brake-go', { evidence: { timeToPointS: 0 } });
      besides(bench, call ? 2 : 1, 60);
      expect(bench.board.log.list().filter(({ does }) => does === 'tone')).toHaveLength(2);
      const go = bench.port.render(4, 'tones').subarray(Math.round(bench.rowS(90) * benchRateHz));
      return go.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    };
    expect(level(true) / level(false)).toBeCloseTo(0.4, 1);
  });

  test('none while paced, also where something else is said of the car: off the track, towed, under caution', () => {
    const bench = new BoardBench({ settings: { spotter: true }, voice: spotterVoice });
    const during = (code: string, sessionFlags = 0) => {
      bench.snapshot.status = statuses.findIndex((status) => status.code === code);
      bench.snapshot.sessionFlags = sessionFlags;
      besides(bench, 2, 30);
      const heard = said(bench).length;
      besides(bench, 1, 60);
      return heard;
    };
    expect(during('pacing')).toBe(0);
    expect(during('off-track')).toBe(0);
    expect(during('reset')).toBe(0);
    expect(during('out-lap')).toBe(1);
    // A wheel on the grass in the race itself: the car beside is there all the same.
    expect(during('off-track')).toBe(3);
    bench.board.disconnected(9000);
    const caution = new BoardBench({ settings: { spotter: true, flags: false }, voice: spotterVoice });
    caution.drive(60);
    caution.snapshot.status = statuses.findIndex(({ code }) => code === 'off-track');
    caution.snapshot.sessionFlags = 0x4000;
    besides(caution, 2, 60);
    expect(said(caution)).toEqual([]);
    caution.snapshot.sessionFlags = 0;
    besides(caution, 2, 10);
    expect(said(caution)).toEqual(['car left']);
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

test('the mute key stands whatever else is set, until the setting itself is changed', () => {
  const bench = new BoardBench({ settings: full, voice: spotterVoice });
  const set = (change: Partial<SoundSettings>) =>
    bench.hear({ type: 'sound-settings', settings: soundSettings.parse({ ...full, ...change }) });
  const answers = () => {
    const before = said(bench).length;
    bench.hear({ type: 'sound-command', command: 'say-flags' });
    bench.drive(60);
    return said(bench).length > before;
  };
  bench.drive(60);
  bench.hear({ type: 'sound-command', command: 'mute' });
  set({ volume: 0.5 });
  set({});
  expect(answers()).toBe(false);
  bench.hear({ type: 'sound-command', command: 'unmute' });
  expect(answers()).toBe(true);
  set({ muted: true });
  expect(answers()).toBe(false);
  bench.hear({ type: 'sound-command', command: 'toggle-mute' });
  set({ muted: true, volume: 0.4 });
  expect(answers()).toBe(true);
  set({ muted: false });
  expect(answers()).toBe(true);
});

test('a voice for spotter, flags and answers alone says no advice, and shows it', () => {
  const bench = new BoardBench({ settings: { spotter: true, advice: false }, voice: spotterVoice });
  bench.drive(60);
  bench.cue('advice', { kind: 'teach', words: 'Brake later' });
  bench.drive(60, (snapshot) => {
    snapshot.carLeftRight = 2;
  });
  bench.hear({ type: 'sound-command', command: 'say-flags' });
  expect([bench.captions, said(bench)]).toEqual([
    ['Brake later', 'Car left', 'No flag'],
    ['car left', 'no flag'],
  ]);
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

test('of the track before nothing is read out, nor a flag of a sim that has gone', () => {
  const bench = new BoardBench();
  const session = (track: string) =>
    bench.hear({ type: 'session', sim: 'iracing', track, config: '', car: 'gt3', source: '' });
  const lap = { lap: 3, stint: 0, lapTimeS: 88.46, clean: true, valid: true, complete: true, best: true };
  const ask = () => {
    bench.captions.length = 0;
    for (const command of ['say-lap-time', 'say-fuel', 'say-flags'] as const)
      bench.hear({ type: 'sound-command', command });
    return bench.captions;
  };
  session('spa');
  bench.hear({ type: 'laps', laps: [{ ...lap, toBestS: 0, reasons: [] }], consistency: null });
  const fuel = { perLapL: 2.5, lapsCounted: 3, lapsToFlag: null, marginLaps: null };
  bench.hear({ type: 'fuel', ...fuel, levelL: 30.2, lapsLeft: 12.08 });
  bench.snapshot.sessionFlags = 0x8;
  bench.drive(2);
  bench.captions.length = 0;
  expect(ask()).toEqual(['Last lap, 1:28.5, personal best', 'Fuel for 12 laps', 'Yellow flag']);
  session('fuji');
  expect(ask()).toEqual(['No lap time yet', 'Not known yet', 'Yellow flag']);
  bench.wait(90);
  expect(ask()).toEqual(['No lap time yet', 'Not known yet', 'Not known yet']);
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
