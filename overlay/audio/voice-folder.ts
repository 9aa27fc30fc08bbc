/** Where a pack's files are: the voices that came with the page, or the driver's own (`voices` in the data directory, served by the hub). */
import type { VoiceSource } from './speech/voice.ts';

export interface VoiceFolderOptions {
  page: URL;
  voice: string;
  context: BaseAudioContext;
  fetch(url: URL): Promise<Response>;
}

export function voiceFolder({ page, voice, context, fetch }: VoiceFolderOptions): VoiceSource {
  const folders = [`voices/${voice}/`, `/voices/${voice}/`].map((path) => new URL(path, page));
  let folder: URL | undefined;
  return {
    sampleRateHz: context.sampleRate,
    read: async (file) => {
      for (const candidate of folder === undefined ? folders : [folder]) {
        const response = await fetch(new URL(file, candidate));
        if (!response.ok) continue;
        folder = candidate;
        return response.arrayBuffer();
      }
      throw new Error(`${file} is not there.`);
    },
    decode: async (bytes) => mono(await context.decodeAudioData(bytes)),
  };
}

/** The first channel: clips have one. */
function mono(buffer: AudioBuffer): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(buffer.length);
  buffer.copyFromChannel(samples, 0);
  return samples;
}
