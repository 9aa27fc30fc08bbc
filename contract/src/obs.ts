/** What a streamer can set: what viewers see, and what is asked of OBS over obs-websocket. The password is no setting: it lies in a file of its own. */
import * as z from 'zod';

/** The layouts of the OBS page, `/obs/<layout>`. */
export const obsLayouts = ['minimal', 'coach', 'full', 'input'] as const;
export type ObsLayout = (typeof obsLayouts)[number];

/** The longest stream delay that the OBS page keeps up with; it holds that much in memory. */
export const mostObsDelayMs = 60_000;

/** A browser source as a streamer wants it. OBS keeps nothing but the address, so all of it stands there. */
export const obsSource = z.object({
  layout: z.enum(obsLayouts),
  /** How long everything is held back, to match a stream that is delayed itself. */
  delayMs: z.number().int().min(0).max(mostObsDelayMs),
  /** Whether OBS plays the coach's sound. */
  audio: z.boolean(),
});
export type ObsSource = z.infer<typeof obsSource>;

/** The source's address, with the token of `given`, which is the address of any layout. */
export function obsSourceUrl(given: string, { layout, delayMs, audio }: ObsSource): string {
  const url = new URL(`/obs/${layout}`, given);
  url.searchParams.set('token', new URL(given).searchParams.get('token') ?? '');
  if (delayMs > 0) url.searchParams.set('delay', String(delayMs));
  if (audio) url.searchParams.set('audio', '1');
  return url.href;
}

/** What the pages for viewers may know beside the driving itself. The hub does not send the rest to them. */
export const viewersSettings = z.object({
  /** Litres, laps left, the margin to the flag, and cues about them. */
  fuel: z.boolean().default(false).meta({
    title: 'Fuel and strategy',
    description: 'Litres, laps left, the margin to the flag.',
  }),
  /** Pressures, temperatures and wear. */
  setup: z.boolean().default(false).meta({
    title: 'Setup',
    description: 'Pressures, temperatures and wear.',
  }),
  /** Of other drivers; without them the numbers on the cars remain. */
  names: z.boolean().default(false).meta({
    title: 'Other drivers’ names',
    description: 'Without them the numbers on the cars remain.',
  }),
});
export type ViewersSettings = z.infer<typeof viewersSettings>;

export const obsSettings = z.object({
  viewers: viewersSettings.prefault({}),
  /** Whether OBS is asked for anything at all. */
  enabled: z.boolean().default(false).meta({
    title: 'Connect to OBS',
    description: 'Nothing is asked of OBS while this is off.',
  }),
  /** OBS' own server: Tools, WebSocket Server Settings. */
  address: z
    .string()
    .max(200)
    .regex(/^wss?:\/\/([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?$/)
    .default('ws://127.0.0.1:4455')
    .meta({ title: 'Address', description: 'Of OBS’ WebSocket server.' }),
  /** Saves the replay buffer after an officially timed personal best. */
  saveBestLaps: z.boolean().default(true).meta({
    title: 'Save best laps',
    description: 'The replay buffer, 10 s after an officially timed personal best.',
  }),
  /** A chapter for each lap in the recording; OBS can do that in Hybrid MP4 alone. */
  chapters: z.boolean().default(true).meta({
    title: 'A chapter for each lap',
    description: 'In recordings as Hybrid MP4.',
  }),
  /** The scene that is shown after an incident; null: none. */
  incidentScene: z.string().min(1).max(200).nullable().default(null).meta({
    title: 'Scene after an incident',
    description: 'Its name in OBS. Empty: none.',
  }),
  /** Seconds until the scene from before comes back. */
  incidentSeconds: z.number().min(2).max(60).default(8).meta({
    title: 'Seconds until the scene from before',
    description: 'Never within 30 s of a switch of your own.',
  }),
});
export type ObsSettings = z.infer<typeof obsSettings>;

/** How it stands between engine and OBS. */
export const obsHealth = z.object({
  state: z.enum(['off', 'connecting', 'connected', 'trouble']),
  /** In one sentence, with what to do. */
  text: z.string(),
  /** What does not work though OBS is there: the replay buffer is too short, the recording takes no chapters. */
  warnings: z.array(z.string()),
});
export type ObsHealth = z.infer<typeof obsHealth>;
