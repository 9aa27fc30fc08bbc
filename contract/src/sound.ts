/** What a driver can set about sound, and what a page may ask of the page that sounds. */
import * as z from 'zod';

const fraction = z.number().min(0).max(1);

/** Captions and tones are what there is until a voice is chosen; a spotter is wanted only where nobody else spots. */
export const soundSettings = z.object({
  /** Everything, as heard: 1 is full. */
  volume: fraction.default(0.8),
  muted: z.boolean().default(false),
  /** Beats, GO and the tone of a verdict; null: none. */
  toneVolume: fraction.nullable().default(0.7),
  voiceVolume: fraction.default(1),
  /** The voice pack's folder; null: captions only. */
  voice: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .nullable()
    .default(null),
  /** How fast it speaks; the pitch stays. */
  voiceSpeed: z.number().min(0.8).max(1.5).default(1),
  /** The driver said that nobody else spots for him. */
  spotter: z.boolean().default(false),
  /** Flags are said when they appear: yellow, blue, white, checkered, black and the like. */
  flags: z.boolean().default(true).meta({
    title: 'Call flags',
    description: 'Says yellow, blue, white, checkered, black and red flags when they appear.',
  }),
  /** On an oval "inside" and "outside" are said instead of left and right; the side is where the infield lies. */
  ovalInside: z.enum(['left', 'right']).nullable().default(null),
  /** `deviceId` of the browser; null: the system's. */
  device: z.string().max(200).nullable().default(null),
  /** What the driver's own calibration says from command to ear, in ms; null: what the browser says. */
  latencyMs: z.number().min(0).max(500).nullable().default(null),
});
export type SoundSettings = z.infer<typeof soundSettings>;

/** Sent by a page that has a key or a button for it; the hub passes it to the one page that sounds. */
export const soundCommand = z.enum([
  'mute',
  'unmute',
  'toggle-mute',
  'say-flags',
  'say-fuel',
  'say-lap-time',
]);
export type SoundCommand = z.infer<typeof soundCommand>;
