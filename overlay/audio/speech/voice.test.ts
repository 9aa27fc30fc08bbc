import { describe, expect, test } from 'vitest';
import { loadVoice, type VoiceSource } from './voice.ts';

const clip = (text: string, file = `${text}.ogg`) => ({ text, form: 'end', file, durationS: 0.5 });
const manifest = {
  format: 1,
  id: 'mine',
  name: 'Mine',
  language: 'en-GB',
  author: 'Me',
  licence: 'CC0-1.0',
  loudnessLufs: -20,
  clips: [clip('clear'), clip('car left', 'car-left.ogg')],
};

function source(files: Record<string, string>, lengthS = 0.5): VoiceSource {
  return {
    sampleRateHz: 1000,
    read: async (file) => {
      const text = files[file];
      if (text === undefined) throw new Error('404');
      return new TextEncoder().encode(text).buffer as ArrayBuffer;
    },
    decode: async (bytes) => {
      if (bytes.byteLength === 0) throw new Error('no sound');
      return new Float32Array(lengthS * 1000).fill(0.1);
    },
  };
}
const files = (pack: unknown = manifest) => ({
  'manifest.json': typeof pack === 'string' ? pack : JSON.stringify(pack),
  'clear.ogg': 'x',
  'car-left.ogg': 'x',
});

test('a whole pack speaks what it has, and nothing else', async () => {
  const voice = await loadVoice(source(files()));
  expect(voice.plan('Car left, clear')?.clips.map(({ clip }) => clip.file)).toEqual([
    'car-left.ogg',
    'clear.ogg',
  ]);
  expect(voice.samples('clear.ogg')).toHaveLength(500);
  expect(voice.plan('car right')).toBeNull();
});

test('faster, clips and plan shrink together', async () => {
  const voice = await loadVoice(source(files()), 1.25);
  expect(voice.samples('clear.ogg')).toHaveLength(400);
  expect(voice.plan('clear')?.durationS).toBeCloseTo(0.4, 9);
});

describe('a broken pack is refused, and says why', () => {
  const without = (file: string) =>
    Object.fromEntries(Object.entries(files()).filter(([name]) => name !== file));
  test.each([
    ['no manifest', without('manifest.json'), 0.5, /manifest\.json is missing/],
    ['no JSON', files('{'), 0.5, /not JSON/],
    ['no licence', files({ ...manifest, licence: undefined }), 0.5, /licence/],
    ['a newer format', files({ ...manifest, format: 2 }), 0.5, /format/],
    ['a file elsewhere', files({ ...manifest, clips: [clip('a', '../a.ogg')] }), 0.5, /clips\.0\.file/],
    ['a missing clip', without('clear.ogg'), 0.5, /clear\.ogg is missing/],
    ['a clip that is no sound', { ...files(), 'clear.ogg': '' }, 0.5, /clear\.ogg is no sound/],
    ['a clip of another length', files(), 0.7, /lasts 0\.70 s/],
  ])('%s', (_, broken, lengthS, message) =>
    expect(loadVoice(source(broken, lengthS))).rejects.toThrow(message),
  );
});
