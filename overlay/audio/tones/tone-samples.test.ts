import { describe, expect, test } from 'vitest';
import { amplitudeAt, dominantFrequencyHz, loudnessLufs, onsetsS } from '../testing/measure.ts';
import { toneSamples } from './tone-samples.ts';
import { type ToneName, toneNames, tones } from './tone-table.ts';

const rateHz = 48_000;
const part = (name: ToneName, fromS: number, toS: number) =>
  toneSamples(name, rateHz).subarray(fromS * rateHz, toS * rateHz);
const db = (amplitude: number) => 20 * Math.log10(amplitude);

describe('what is heard', () => {
  test.each([
    ['beat-3', 440],
    ['beat-2', 440],
    ['beat-1', 660],
    ['go', 880],
    ['alarm', 1000],
  ] as const)('%s sounds at %d Hz', (name, frequencyHz) => {
    const half = tones[name].lengthS / 2;
    expect(Math.abs(dominantFrequencyHz(part(name, 0, half), rateHz) - frequencyHz)).toBeLessThanOrEqual(20);
  });

  test('after its wooden attack a beat is a plain sine', () => {
    const ring = part('beat-3', 0.025, 0.06);
    for (const harmonic of [880, 1320, 440 * 3.93])
      expect(amplitudeAt(ring, rateHz, harmonic)).toBeLessThan(0.1 * amplitudeAt(ring, rateHz, 440));
    const knock = part('beat-3', 0, 0.01);
    expect(amplitudeAt(knock, rateHz, 440 * 3.93)).toBeGreaterThan(0.15 * amplitudeAt(knock, rateHz, 440));
  });

  test('GO has two harmonics and no third', () => {
    const go = toneSamples('go', rateHz);
    const [first, second, third] = [880, 1760, 2640].map((hz) => amplitudeAt(go, rateHz, hz));
    expect((second ?? 0) / (first ?? 1)).toBeCloseTo(0.5, 1);
    expect((third ?? 1) / (first ?? 1)).toBeLessThan(0.01);
  });

  test('an alarm has three harmonics from 1 kHz up, and it alone', () => {
    const burst = part('alarm', 0, 0.15);
    for (const hz of [1000, 2000, 3000]) expect(amplitudeAt(burst, rateHz, hz)).toBeGreaterThan(0.04);
    for (const name of toneNames.filter((name) => name !== 'alarm'))
      expect(dominantFrequencyHz(toneSamples(name, rateHz), rateHz)).toBeLessThan(1000);
  });

  test('a gain rises by a third, a loss falls', () => {
    const pair = (name: ToneName) =>
      [part(name, 0, 0.15), part(name, 0.16, 0.32)].map((half) => dominantFrequencyHz(half, rateHz));
    expect(pair('verdict-gain')).toEqual([525, 660]);
    expect(pair('verdict-loss')).toEqual([660, 525]);
  });
});

describe.each(toneNames)('%s', (name) => {
  const samples = toneSamples(name, rateHz);
  const tone = tones[name];

  test('is as long as the table says and begins at once', () => {
    expect(samples.length / rateHz).toBeCloseTo(tone.lengthS, 4);
    expect(onsetsS(samples, rateHz)[0]).toBeLessThan(0.002);
  });

  test('has its peak and no offset', () => {
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(db(peak)).toBeCloseTo(tone.peakDbfs, 2);
    const offset = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    expect(Math.abs(offset)).toBeLessThan(0.005 * peak);
  });

  test('does not click: it starts and ends at nothing, and never steps faster than its own sines', () => {
    const peak = 10 ** (tone.peakDbfs / 20);
    expect(Math.abs(samples[0] ?? 1)).toBe(0);
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(1e-6);
    const highestHz = Math.max(...tone.partials.map(({ frequencyHz }) => frequencyHz));
    const steepest =
      ((2 * Math.PI * highestHz * (tone.knock === null ? 1 : tone.knock.ratio)) / rateHz) * peak;
    const steps = [...samples].map((sample, at) => Math.abs(sample - (samples[at - 1] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(1.2 * steepest);
  });

  test('is the same sound at another rate', () => {
    const other = toneSamples(name, 44_100);
    expect(other.length / 44_100).toBeCloseTo(tone.lengthS, 4);
    expect(loudnessLufs(other, 44_100)).toBeCloseTo(loudnessLufs(samples, rateHz), 1);
  });
});

test('loudness: GO stands out of the beats, a verdict stays below them', () => {
  const loudness = (name: ToneName) => loudnessLufs(toneSamples(name, rateHz), rateHz);
  const stated = {
    'beat-3': -24,
    'beat-1': -24,
    go: -17,
    'verdict-gain': -29,
    'verdict-loss': -29,
    alarm: -12,
  };
  for (const [name, lufs] of Object.entries(stated))
    expect(Math.abs(loudness(name as ToneName) - lufs), `${name} ${loudness(name as ToneName)}`).toBeLessThan(
      1,
    );
});
