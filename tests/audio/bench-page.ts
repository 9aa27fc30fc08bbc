/** Runs in Chromium: renders our sounds with the browser's own audio, for tests to compare and to listen to. Bundled by `bench.ts`. */

import { WebAudioPort } from '../../overlay/audio/player/web-audio-port.ts';
import { loadVoice, type Voice } from '../../overlay/audio/speech/voice.ts';
import { loudnessLufs } from '../../overlay/audio/testing/measure.ts';
import { playScript, scriptLengthS } from '../../overlay/audio/testing/port-script.ts';
import { voiceFolder } from '../../overlay/audio/voice-folder.ts';

/** 32-bit floats as text, which crosses to the test in one piece. */
function asBase64(samples: Float32Array): string {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

async function rendered(
  lengthS: number,
  rateHz: number,
  play: (context: OfflineAudioContext) => void | Promise<void>,
): Promise<string> {
  const context = new OfflineAudioContext(1, Math.ceil(lengthS * rateHz), rateHz);
  await play(context);
  return asBase64((await context.startRendering()).getChannelData(0));
}

function load(voice: string, rateHz: number, speed: number): Promise<Voice> {
  const context = new OfflineAudioContext(1, 1, rateHz);
  const page = new URL('/audio/', location.href);
  return loadVoice(voiceFolder({ page, voice, context, fetch: (url) => fetch(url) }), speed);
}

const voices = new Map<string, Promise<Voice>>();

function voiceAt(voice: string, rateHz: number, speed: number): Promise<Voice> {
  const key = `${voice} ${rateHz} ${speed}`;
  const known = voices.get(key) ?? load(voice, rateHz, speed);
  voices.set(key, known);
  return known;
}

const bench = {
  /** The suite's script on WebAudio. */
  script: (rateHz: number) =>
    rendered(scriptLengthS, rateHz, (context) => playScript(new WebAudioPort(context))),

  /** A sentence; null when the voice lacks a word. */
  async sentence(voice: string, text: string, rateHz: number, speed = 1): Promise<string | null> {
    const loaded = await voiceAt(voice, rateHz, speed);
    const plan = loaded.plan(text);
    if (plan === null) return null;
    return rendered(plan.durationS + 0.05, rateHz, (context) => {
      const port = new WebAudioPort(context);
      for (const { clip, startS } of plan.clips) {
        const samples = loaded.samples(clip.file);
        if (samples !== undefined) port.play(samples, startS, 'voice');
      }
    });
  },

  /** Loudness, peak and leading silence of clips as a driver's browser decodes them. */
  async clips(voice: string, files: string[], rateHz: number) {
    const loaded = await voiceAt(voice, rateHz, 1);
    return files.map((file) => {
      const samples = loaded.samples(file) ?? new Float32Array(1);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const first = samples.findIndex((sample) => Math.abs(sample) > 0.03 * peak);
      return { file, lufs: loudnessLufs(samples, rateHz), peak, leadS: first / rateHz };
    });
  },
};
export type Bench = typeof bench;

Object.assign(window, { __bench: bench });
