/** What a driver can set about sound, and what a page may ask of the page that sounds. */
import * as z from 'zod';

const fraction = z.number().min(0).max(1);

/** Captions and tones are what there is until a voice is chosen; a spotter is wanted only where nobody else spots. */
export const soundSettings = z.object({
  /** Everything, as heard: 1 is full. */
  volume: fraction
    .default(0.8)
    .meta({ title: 'Volume', description: 'Everything, as heard.', percent: true }),
  muted: z.boolean().default(false).meta({ title: 'Mute everything', description: 'Captions stay.' }),
  /** Beats, GO and the tone of a verdict; null: none. */
  toneVolume: fraction.nullable().default(0.7).meta({
    title: 'Tones',
    description: 'Beats before a brake point, GO, and the tone of a verdict.',
    percent: true,
  }),
  voiceVolume: fraction
    .default(1)
    .meta({ title: 'Voice volume', description: 'Of spoken words against the tones.', percent: true }),
  /** The voice pack's folder; null: captions only. */
  voice: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .nullable()
    .default(null)
    .meta({ title: 'Voice', description: 'Who speaks. Without a voice there are captions.' }),
  /** What the coach says; the spotter, flags and answers are said all the same. */
  advice: z.boolean().default(true).meta({
    title: 'Speak the coach’s advice',
    description: 'Off: the voice is for spotter, flags and answers alone. Captions stay.',
  }),
  /** How fast it speaks; the pitch stays. */
  voiceSpeed: z
    .number()
    .min(0.8)
    .max(1.5)
    .default(1)
    .meta({ title: 'Speech rate', description: 'How fast it speaks; the pitch stays.', percent: true }),
  /** The driver said that nobody else spots for him. */
  spotter: z.boolean().default(false).meta({
    title: 'Nobody else spots for me',
    description:
      'Turns our spotter on: cars left and right, and clear. Leave it off when the sim or another app spots.',
  }),
  /** Flags are said when they appear: yellow, blue, white, checkered, black and the like. */
  flags: z.boolean().default(true).meta({
    title: 'Call flags',
    description: 'Says yellow, blue, white, checkered, black and red flags when they appear.',
  }),
  /** On an oval "inside" and "outside" are said instead of left and right; the side is where the infield lies. */
  ovalInside: z
    .enum(['left', 'right'])
    .nullable()
    .default(null)
    .meta({
      title: 'On ovals say inside and outside',
      description: 'The side on which the infield lies.',
      choices: { left: 'Infield on the left', right: 'Infield on the right' },
      none: 'No: left and right',
    }),
  /** `deviceId` of the browser; null: the system's. */
  device: z
    .string()
    .max(200)
    .nullable()
    .default(null)
    .meta({ title: 'Sound device', description: 'Where it sounds.' }),
  /** What the driver's own calibration says from command to ear, in ms; null: what the browser says. */
  latencyMs: z.number().min(0).max(500).nullable().default(null).meta({
    title: 'Sound delay',
    description: 'From command to ear, as your own calibration found it. Off: what the system says.',
  }),
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
