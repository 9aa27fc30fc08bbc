/** What `start replay demo server` print as one line with `--json` when they can be reached: a key only where that part exists. */
import * as z from 'zod';

export const readyDocument = z.object({
  ready: z.literal(true),
  urls: z.object({
    hud: z.string().optional(),
    hub: z.string().optional(),
    audio: z.string().optional(),
    settings: z.string().optional(),
    /** The page for OBS, in its layout for a whole screen. */
    obs: z.string().optional(),
    review: z.string().optional(),
    api: z.string().optional(),
    signUp: z.string().optional(),
  }),
});
export type ReadyDocument = z.infer<typeof readyDocument>;
