/** What a streamer can set: what viewers see, and what is asked of OBS over obs-websocket. The password is no setting: it lies in a file of its own. */
import * as z from 'zod';

/** The layouts of the OBS page, `/obs/<layout>`. */
export const obsLayouts = ['minimal', 'coach', 'full', 'input'] as const;
export type ObsLayout = (typeof obsLayouts)[number];

/** The longest stream delay that the OBS page keeps up with; it holds that much in memory. */
export const mostObsDelayMs = 60_000;

/** What the pages for viewers may know beside the driving itself. The hub does not send the rest to them. */
export const viewersSettings = z.object({
  /** Litres, laps left, the margin to the flag, and cues about them. */
  fuel: z.boolean().default(false),
  /** Pressures, temperatures and wear. */
  setup: z.boolean().default(false),
  /** Of other drivers; without them the numbers on the cars remain. */
  names: z.boolean().default(false),
});
export type ViewersSettings = z.infer<typeof viewersSettings>;

export const obsSettings = z.object({
  viewers: viewersSettings.prefault({}),
  /** Whether OBS is asked for anything at all. */
  enabled: z.boolean().default(false),
  /** OBS' own server: Tools, WebSocket Server Settings. */
  address: z
    .string()
    .max(200)
    .regex(/^wss?:\/\/([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?$/)
    .default('ws://127.0.0.1:4455'),
  /** Saves the replay buffer after an officially timed personal best. */
  saveBestLaps: z.boolean().default(true),
  /** A chapter for each lap in the recording; OBS can do that in Hybrid MP4 alone. */
  chapters: z.boolean().default(true),
  /** The scene that is shown after an incident; null: none. */
  incidentScene: z.string().min(1).max(200).nullable().default(null),
  /** Seconds until the scene from before comes back. */
  incidentSeconds: z.number().min(2).max(60).default(8),
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
