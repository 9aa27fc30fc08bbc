/** A voice whose every clip is a constant: what is said, when, and whether two speak at once can be read off the samples. */
import { readFileSync } from 'node:fs';
import { voicePack } from '@racing-coach/contract';
import { type Voice, voiceOf } from '../speech/voice.ts';

export const flatLevel = 0.1;

/** Clips of a length in seconds for the texts; of everything that a voice has to be able to say when none are given. */
export function flatVoice(rateHz: number, durationS: number, texts: readonly string[] = allPhrases()): Voice {
  const clips = texts.map((text, at) => ({ text, form: 'end' as const, file: `${at}.ogg`, durationS }));
  const pack = voicePack.parse({
    format: 1,
    id: 'flat',
    name: 'Flat',
    language: 'en-US',
    author: 'Test',
    licence: 'CC0-1.0',
    loudnessLufs: -20,
    clips,
  });
  const level = new Float32Array(durationS * rateHz).fill(flatLevel);
  return voiceOf(pack, new Map(clips.map(({ file }) => [file, level])));
}

interface Phrases {
  groups: { ranges?: { prefix: string; from: number; to: number }[]; texts?: string[] }[];
}

export function allPhrases(): string[] {
  const file = new URL('../speech/phrases.json', import.meta.url);
  const { groups } = JSON.parse(readFileSync(file, 'utf8')) as Phrases;
  return groups.flatMap(({ ranges = [], texts = [] }) => [
    ...ranges.flatMap(({ prefix, from, to }) =>
      Array.from({ length: to - from + 1 }, (_, at) => `${prefix}${from + at}`),
    ),
    ...texts,
  ]);
}
