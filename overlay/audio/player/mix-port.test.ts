import { expect, test } from 'vitest';
import { onsetsS } from '../testing/measure.ts';
import { playScript, scriptLengthS } from '../testing/port-script.ts';
import { quantumFrames } from './audio-port.ts';
import { MixPort } from './mix-port.ts';
import { wavFile } from './wav.ts';

const rateHz = 48_000;
const flat = new Float32Array(4800).fill(0.5);

test('a sound begins on its frame and plays out', () => {
  const port = new MixPort(rateHz);
  port.play(flat, 0.25, 'voice');
  const mix = port.render(0.5);
  expect(mix.findIndex((sample) => sample !== 0)).toBe(12_000);
  expect(mix.findLastIndex((sample) => sample !== 0)).toBe(12_000 + 4799);
});

test('one that is asked for too late begins now', () => {
  const port = new MixPort(rateHz);
  port.clockS = 0.1;
  port.play(flat, 0.05, 'voice');
  expect(port.render(0.5).findIndex((sample) => sample !== 0)).toBe(4800);
});

test('what is stopped fades out within a quantum', () => {
  const port = new MixPort(rateHz);
  port.play(flat, 0, 'voice').stop(0.05);
  const mix = port.render(0.2);
  expect(mix[2399]).toBe(0.5);
  expect(mix[2400 + quantumFrames / 2]).toBeCloseTo(0.25, 3);
  expect(mix.subarray(2400 + quantumFrames).every((sample) => sample === 0)).toBe(true);
});

test('what is stopped before it began is never heard', () => {
  const port = new MixPort(rateHz);
  port.play(flat, 0.1, 'voice').stop(0.05);
  expect(port.render(0.3).every((sample) => sample === 0)).toBe(true);
});

test('a level moves its bus alone, the master all', () => {
  const port = new MixPort(rateHz);
  for (const bus of ['tones', 'voice'] as const) port.play(flat, 0, bus);
  port.level('tones', 0, 0.02, 0.001);
  port.level('master', 0.5, 0.06, 0.001);
  const mix = port.render(0.1);
  expect([mix[900], mix[2500], mix[4700]].map((sample) => Number(sample?.toFixed(3)))).toEqual([
    1, 0.5, 0.25,
  ]);
});

test('the script that both ports play has its onsets', () => {
  const port = new MixPort(rateHz);
  playScript(port);
  // The last tones lie under the hum, which is the voice.
  expect(onsetsS(port.render(scriptLengthS, 'tones'), rateHz).length).toBeGreaterThanOrEqual(7);
});

test('a WAV file says what it holds', () => {
  const bytes = wavFile(Float32Array.of(0, 1, -1, 2), rateHz);
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('RIFF');
  const view = new DataView(bytes.buffer);
  expect([view.getUint32(24, true), view.getUint32(40, true)]).toEqual([rateHz, 8]);
  expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 32767, -32767, 32767]);
});
