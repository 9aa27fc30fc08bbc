import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineHealth, latencyEdgesMs, syncOff } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { latencyAt, latencyBars } from './latency-bars.ts';
import { engineFindings } from './running-engine.ts';
import { readIni, simSettings } from './sim-settings.ts';

const counts = (at: Record<number, number>) =>
  Array.from({ length: latencyEdgesMs.length + 1 }, (_, step) => at[step] ?? 0);

describe('latency in bars', () => {
  test('the longest fills the width, the rarest is still seen, empty ends are left out', () => {
    const lines = latencyBars(counts({ 2: 6400, 3: 3200, 5: 1, 12: 1 }));
    expect(lines).toHaveLength(11);
    expect(lines.map((line) => line.replace(/[^#]/g, '').length)).toEqual([
      32, 16, 0, 1, 0, 0, 0, 0, 0, 0, 1,
    ]);
    expect(lines[0]).toContain('up to 0.1 ms');
    expect(lines.at(-1)).toContain('longer than 100 ms');
    expect(latencyBars(counts({}))).toEqual([]);
  });

  test('a share is told by the edge that it stays under', () => {
    expect(latencyAt(counts({ 0: 99, 4: 1 }), 0.99)).toBe('0.02 ms');
    expect(latencyAt(counts({ 0: 98, 4: 2 }), 0.99)).toBe('0.5 ms');
    expect(latencyAt(counts({ 12: 1 }), 0.99)).toBe('more than 100 ms');
    expect(latencyAt(counts({}), 0.99)).toBeNull();
  });
});

describe('iRacing’s settings', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'racing-coach-ini-')), 'iRacing');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text, 'latin1');
  const look = () => simSettings([join(folder, 'not here'), folder]);
  const states = () => Object.fromEntries(look().map(({ name, state }) => [name, state]));

  test('lines are read with comments, tabs, any case, and without sections or equals signs', () => {
    const ini = readIni(
      '\uFEFF[Misc]\r\nirsdkEnableMem=1\t\t; memory\r\n  IRSDKLog360hz = 0;x\r\nnonsense\r\n;a=1\r\n=2\r\na=\r\na=3',
    );
    expect([...ini]).toEqual([
      ['irsdkenablemem', '1'],
      ['irsdklog360hz', '0'],
      ['a', ''],
    ]);
  });

  test('memory telemetry that is off is bad, and the line to change is told', () => {
    write('app.ini', '[Misc]\r\nirsdkEnableMem=0 \t; off\r\nirsdkEnableDisk=0\r\nirsdkLog360Hz=1\r\n');
    expect(states()).toMatchObject({
      'memory telemetry': 'bad',
      'disk telemetry': 'so',
      '360 Hz logging': 'good',
    });
    const memory = look().find(({ name }) => name === 'memory telemetry');
    expect(memory?.text).toContain('irsdkEnableMem=1');
    expect(memory?.text).toContain(join(folder, 'app.ini'));
  });

  test('what is not set is on by default', () => {
    write('app.ini', '');
    expect(states()).toMatchObject({ 'memory telemetry': 'good', 'disk telemetry': 'good' });
  });

  test('exclusive full screen is told with the file and the line, whichever renderer', () => {
    write('app.ini', '');
    write('rendererDX11Monitor.ini', '[Display]\nfullScreen=0 ; no\n');
    expect(states()['full screen']).toBe('good');
    write('rendererDX11OpenXR.ini', '[Display]\nfullscreen=1\n');
    const found = look().find(({ name }) => name === 'full screen');
    expect(found?.state).toBe('bad');
    expect(found?.text).toContain('rendererDX11OpenXR.ini');
    expect(found?.text).not.toContain('Monitor');
  });

  test('no iRacing is neither good nor bad', () => {
    expect(states()).toEqual({ 'iRacing settings': 'so' });
  });
});

describe('a running engine', () => {
  const health = (over: Partial<EngineHealth['runner']> = {}, frame = counts({ 6: 100 })): EngineHealth => ({
    version: '1',
    pid: 7,
    command: 'start',
    source: 'iRacing',
    trouble: null,
    pages: 1,
    obs: { state: 'off', text: '', warnings: [] },
    sync: syncOff,
    runner: {
      ticks: 1000,
      rateHz: 60,
      latenessP50Ms: 0.1,
      latenessP99Ms: 0.8,
      latenessMaxMs: 3,
      stepP50Us: 3,
      stepP99Us: 9,
      workP50Us: 12,
      workP99Us: 31,
      latency: { counts: counts({ 1: 1000 }) },
      presence: 'sending',
      source: { seen: 1000, missed: 0, torn: 4, late: 0, ignored: 0, connections: 1 },
      tape: null,
      ...over,
    },
    latency: { snapshot: counts({ 1: 1000 }), hub: counts({ 3: 1000 }), frame },
  });
  const found = (one: EngineHealth | null) =>
    Object.fromEntries(engineFindings(one).map(({ name, state, text }) => [name, `${state} ${text}`]));

  test('all is well', () => {
    const findings = found(health());
    expect(Object.values(findings).every((text) => text.startsWith('good'))).toBe(true);
    expect(findings['ticks']).toContain('0 of 1000 ticks missed, 4 torn');
    expect(findings['work']).toContain('p99 31 µs');
  });

  test('what is amiss comes with what to change', () => {
    const source = { seen: 900, missed: 100, torn: 0, late: 300, ignored: 0, connections: 2 };
    const findings = found(health({ source, presence: 'lost' }, counts({ 11: 100 })));
    expect(findings['source']).toMatch(/^so .*Start it again/);
    expect(findings['ticks']).toMatch(/^so 100 of 1000 .*limit the sim's frame rate/);
    expect(findings['late rows']).toMatch(/^so 300 rows late.*Close other programs/);
    expect(findings['to frame']).toMatch(/^so .*hardware acceleration/);
    expect(found(health({ rateHz: 21 }))['source']).toMatch(/^so 21.0 rows a second of 60/);
    const one = { seen: 36_000, missed: 9, torn: 0, late: 0, ignored: 0, connections: 1 };
    expect(found(health({ source: one }))['ticks']).toMatch(/^good 9 of/);
    expect(found({ ...health(), trouble: 'No right.' })['source']).toBe('bad No right.');
  });

  test('no engine, and an engine without pages, say what to do', () => {
    expect(found(null)).toEqual({ engine: 'so None runs here. Start one: racing-coach start' });
    expect(found({ ...health({}, counts({})), pages: 0 })['to frame']).toContain('open the HUD');
  });

  test('OBS has a line where it is wanted, with what is to be done', () => {
    const line = (obs: EngineHealth['obs']) =>
      engineFindings({ ...health(), obs }).find(({ name }) => name === 'obs');
    expect(line({ state: 'off', text: 'off', warnings: [] })).toBeUndefined();
    expect(line({ state: 'connected', text: 'there', warnings: [] })?.state).toBe('good');
    const warned = line({ state: 'connected', text: 'there', warnings: ['too short'] });
    expect(warned).toMatchObject({ state: 'so', lines: ['too short'] });
    expect(line({ state: 'trouble', text: 'password', warnings: [] })?.state).toBe('so');
  });
});
