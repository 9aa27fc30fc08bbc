/** A loaded voice pack: its clips as samples of the port's rate, ready to be joined. */
import { type VoicePack, voicePack } from '@racing-coach/contract';
import { type ClipPlan, ClipTable, planClips } from './clip-plan.ts';
import { fragmentsOf } from './fragments.ts';
import { stretched } from './stretch.ts';

export interface Voice {
  id: string;
  /** The sentence as clips, or null when not all of it can be said. */
  plan(sentence: string): ClipPlan | null;
  samples(file: string): Float32Array<ArrayBuffer> | undefined;
}

export interface VoiceSource {
  /** A file of the pack's folder; rejects when it is not there. */
  read(file: string): Promise<ArrayBuffer>;
  /** To samples of the port's rate; rejects what is no sound. */
  decode(bytes: ArrayBuffer): Promise<Float32Array<ArrayBuffer>>;
  sampleRateHz: number;
}

/** A clip that is not as long as its manifest says would run into the next one. */
const longestDifferenceS = 0.05;
/** Files on their way at once. */
const atOnce = 8;

/**
 * Loads a pack whole. Rejects with a sentence that says what is wrong with it: a pack that lacks something is not used, because which sentences it
 * could say would be chance.
 */
export async function loadVoice(source: VoiceSource, speed = 1): Promise<Voice> {
  const pack = await readManifest(source);
  const samples = new Map<string, Float32Array<ArrayBuffer>>();
  const waiting = [...pack.clips];
  const worker = async () => {
    for (let clip = waiting.pop(); clip !== undefined; clip = waiting.pop()) {
      const decoded = await readClip(source, clip.file);
      const lengthS = decoded.length / source.sampleRateHz;
      if (Math.abs(lengthS - clip.durationS) > longestDifferenceS)
        throw new Error(`${clip.file} lasts ${lengthS.toFixed(2)} s, not ${clip.durationS} s.`);
      samples.set(clip.file, stretched(decoded, speed, source.sampleRateHz));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return voiceOf(pack, samples, speed);
}

export function voiceOf(
  pack: VoicePack,
  samples: ReadonlyMap<string, Float32Array<ArrayBuffer>>,
  speed = 1,
): Voice {
  const table = new ClipTable(pack.clips);
  return {
    id: pack.id,
    plan: (sentence) => {
      const fragments = fragmentsOf(sentence, table.has);
      return fragments && planClips(fragments, table, speed);
    },
    samples: (file) => samples.get(file),
  };
}

async function readManifest({ read }: VoiceSource): Promise<VoicePack> {
  const bytes = await read('manifest.json').catch(() => {
    throw new Error('manifest.json is missing.');
  });
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error('manifest.json is not JSON.');
  }
  const parsed = voicePack.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`manifest.json: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}.`);
}

async function readClip({ read, decode }: VoiceSource, file: string): Promise<Float32Array<ArrayBuffer>> {
  const bytes = await read(file).catch(() => {
    throw new Error(`${file} is missing.`);
  });
  return decode(bytes).catch(() => {
    throw new Error(`${file} is no sound that can be decoded.`);
  });
}
