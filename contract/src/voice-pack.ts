/** `manifest.json` of a voice pack: a folder of clips that sentences are joined from. See `overlay/audio/voices/README.md`. */
import * as z from 'zod';

/** What of the user's own packs is given away, as `<pack>/<file>`: the folder is theirs, and may hold other things. */
export const voicePackFile = /^([a-z0-9-]+)\/([\w-][\w.-]*\.(?:json|ogg|wav|flac|mp3))$/;

/** A name beside the manifest, no path. */
const fileName = z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}$/);

export const voiceClip = z.object({
  /** What is said, in small letters; numbers as figures. */
  text: z.string().regex(/^[a-z0-9' -]{1,60}$/),
  /** `end` falls, `mid` stays up because something follows. */
  form: z.enum(['mid', 'end']),
  file: fileName,
  durationS: z.number().positive().max(10),
  /** Silence that joins well before and after this clip, when the usual gap does not. */
  leadS: z.number().min(0).max(1).optional(),
  tailS: z.number().min(0).max(1).optional(),
});
export type VoiceClip = z.infer<typeof voiceClip>;

export const voicePack = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(80),
  language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/),
  author: z.string().min(1).max(300),
  licence: z.string().min(1).max(100),
  provenance: z.string().max(500).optional(),
  /** BS.1770, in blocks of 100 ms: all clips are within 1.5 dB of it. */
  loudnessLufs: z.number().min(-40).max(-5),
  clips: z.array(voiceClip).min(1).max(5000),
});
export type VoicePack = z.infer<typeof voicePack>;
