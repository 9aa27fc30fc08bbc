import { readFileSync } from 'node:fs';
import { type VoiceClip, voicePack } from '@racing-coach/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amplitudeAt, dominantFrequencyHz } from '../testing/measure.ts';
import { ClipTable, gaps, planClips } from './clip-plan.ts';
import { fragmentsOf } from './fragments.ts';
import { stretched } from './stretch.ts';

const manifest = new URL('../voices/heart/manifest.json', import.meta.url);
const manifestClips = voicePack.parse(JSON.parse(readFileSync(manifest, 'utf8'))).clips;
const heart = new ClipTable(manifestClips);
const joined = (sentence: string) =>
  fragmentsOf(sentence, heart.has)
    ?.map(({ text, afterComma }) => (afterComma ? `, ${text}` : text))
    .join(' | ');

test('the voice that comes along has everything that the table asks for', () => {
  interface Group {
    texts?: string[];
    forms?: ('mid' | 'end')[];
    ranges?: { prefix: string; from: number; to: number }[];
  }
  const phrases = JSON.parse(readFileSync(new URL('phrases.json', import.meta.url), 'utf8')) as {
    groups: Group[];
  };
  const clips = new Set(manifestClips.map(({ text, form }) => `${form} ${text}`));
  const wanted = phrases.groups.flatMap(({ texts = [], forms = ['mid', 'end'], ranges = [] }) => {
    const numbered = ranges.flatMap(({ prefix, from, to }) =>
      Array.from({ length: to - from + 1 }, (_, at) => `${prefix}${from + at}`),
    );
    return [...texts, ...numbered].flatMap((text) => forms.map((form) => `${form} ${text}`));
  });
  expect(wanted.length).toBeGreaterThan(500);
  expect(wanted.filter((clip) => !clips.has(clip))).toEqual([]);
  expect(clips.size).toBe(wanted.length);
});

describe('fragments', () => {
  test.each([
    ['Turn 12, brake 10 meters later', 'turn 12 | , brake | 10 | meters later'],
    ['turn 41', 'turn | 41'],
    ['at the 150 board', 'at the | 100 | 50 | board'],
    ['200 meters', '200 | meters'],
    ['last lap 1:28.5', 'last lap | 1 | 28 | point 5'],
    ['best lap 1:04.0', 'best lap | 1 | oh 4 | point 0'],
    ['2:00.3', '2 | oh 0 | point 3'],
    ['fuel for 12.4 laps', 'fuel for | 12 | point 4 | laps'],
    ['slow down penalty.', 'slow down penalty'],
    ['Crook, 5 tenths lost', 'crook | , 5 | tenths | lost'],
  ])('%s', (sentence, expected) => expect(joined(sentence)).toBe(expected));

  test.each([
    'Eau Rouge, brake later',
    'brake -3 meters',
    '+0.35',
    '1234 meters',
    '',
    ',',
    'turn 4, brake a bit later',
    '3:5',
  ])('what cannot be said whole is not said at all: "%s"', (sentence) =>
    expect(fragmentsOf(sentence, heart.has)).toBeNull(),
  );

  test('a fragment never reaches across a comma', () => expect(joined('turn, 3')).toBe('turn | , 3'));

  test('every number from 0 to 300 can be said in at most two clips', () => {
    for (let number = 0; number <= 300; number += 1) {
      const fragments = fragmentsOf(String(number), heart.has);
      expect(fragments?.length, String(number)).toBeLessThanOrEqual(2);
      expect(fragments && planClips(fragments, heart), String(number)).not.toBeNull();
    }
  });

  test('any text gives a whole sentence or none (seed 22)', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const fragments = fragmentsOf(text, heart.has);
        if (fragments !== null) for (const fragment of fragments) expect(heart.has(fragment.text)).toBe(true);
      }),
      { seed: 22 },
    );
  });
});

describe('clips', () => {
  const clip = (text: string, form: VoiceClip['form'], more = {}): VoiceClip => ({
    text,
    form,
    file: 'a.ogg',
    durationS: 0.5,
    ...more,
  });
  const plan = (sentence: string, clips: VoiceClip[], speed = 1) => {
    const table = new ClipTable(clips);
    const fragments = fragmentsOf(sentence, table.has);
    return fragments && planClips(fragments, table, speed);
  };
  const both = (text: string) => [clip(text, 'mid'), clip(text, 'end')];

  test('the voice stays up until the last word, gaps as the joints ask', () => {
    const found = plan('brake, 100 5 later', [
      ...both('brake'),
      ...both('100'),
      ...both('5'),
      ...both('later'),
    ]);
    expect(found?.clips.map((placed) => placed.clip.form)).toEqual(['mid', 'mid', 'mid', 'end']);
    const starts = found?.clips.map(({ startS }) => startS);
    expect(starts).toEqual([
      0,
      0.5 + gaps.comma,
      1 + gaps.comma + gaps.word,
      1.5 + gaps.comma + 2 * gaps.word,
    ]);
    expect(found?.durationS).toBeCloseTo(2 + gaps.comma + 2 * gaps.word, 9);
  });

  test('the parts of a number stand close', () => {
    const found = plan('105', [...both('100'), ...both('5')]);
    expect(found?.clips.map(({ startS }) => startS)).toEqual([0, 0.5 + gaps.number]);
  });

  test('a clip may ask for more room, and the other form stands in', () => {
    const found = plan('car left', [clip('car', 'end', { tailS: 0.1 }), clip('left', 'mid')]);
    expect(found?.clips.map(({ startS }) => startS)).toEqual([0, 0.6]);
  });

  test('faster speech is shorter as a whole', () => {
    const clips = [...both('brake'), ...both('later')];
    const [slow, fast] = [plan('brake, later', clips), plan('brake, later', clips, 1.25)];
    expect(fast?.durationS).toBeCloseTo((slow?.durationS ?? 0) / 1.25, 9);
  });

  test('clips never overlap, whatever is said (seed 23)', () => {
    const words = fc.constantFrom(
      'turn 3',
      'brake later',
      '112',
      ',',
      'crook',
      '1:28.5',
      'meters',
      'three wide',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 8 }), (chosen) => {
        const fragments = fragmentsOf(chosen.join(' '), heart.has);
        const clips = (fragments && planClips(fragments, heart)?.clips) ?? [];
        for (const [at, { clip, startS }] of clips.entries())
          expect(startS + clip.durationS).toBeLessThanOrEqual(
            clips[at + 1]?.startS ?? Number.POSITIVE_INFINITY,
          );
      }),
      { seed: 23 },
    );
  });
});

describe('speed', () => {
  const rateHz = 24_000;
  const sine = Float32Array.from(
    { length: rateHz },
    (_, at) => 0.5 * Math.sin((2 * Math.PI * 220 * at) / rateHz),
  );

  test.each([0.8, 1.2, 1.5])('at %d the length changes and the pitch does not', (speed) => {
    const out = stretched(sine, speed, rateHz);
    expect(out.length).toBe(Math.round(rateHz / speed));
    const middle = out.subarray(2400, out.length - 2400);
    expect(dominantFrequencyHz(middle, rateHz)).toBe(220);
    expect(amplitudeAt(middle, rateHz, 220)).toBeGreaterThan(0.45);
  });

  test('at 1 a clip is left as it is', () => expect(stretched(sine, 1, rateHz)).toBe(sine));
});
