/** Whether the rules of a session forbid live driving instruction: what the driver sets, and what the core decides from it when a session begins. */
import * as z from 'zod';

/** Of one series: instruction is allowed everywhere, forbidden in races, or forbidden in every session. */
export const seriesRule = z.enum(['off', 'races', 'always']);
export type SeriesRule = z.infer<typeof seriesRule>;

/** Many series allow nobody and nothing that tells a driver how to drive in a race, and the sim does not say which: so no race is instructed unless he says so. */
export const rulesSettings = z.object({
  always: z.boolean().default(false).meta({
    title: 'Never any live instruction',
    description:
      'In practice as well, whatever the series: delta, spotter, flags and fuel alone. Gran Turismo 7 tells of a race only by its number of laps: for races by time, switch this on. A change holds from the next session on.',
  }),
  races: z.boolean().default(true).meta({
    title: 'No live instruction in races',
    description:
      'Delta, spotter, flags and fuel stay; brake marker, beats, GO, target speed, the reference’s pedals and advice leave. A change holds from the next session on.',
  }),
  /** By the sim's number of the series, which wins over `races`. */
  series: z
    .record(z.string().regex(/^[1-9]\d{0,9}$/), seriesRule)
    .default({})
    .meta({
      title: 'Series with other rules',
      choices: { off: 'Allowed everywhere', races: 'Not in races', always: 'Never' },
    }),
});
export type RulesSettings = z.infer<typeof rulesSettings>;

/** Why: the setting for everything, what was said about this series, a race, none, or a session whose kind the sim has not told yet. */
export const rulesReason = z.enum(['setting', 'series', 'race', 'no-race', 'unknown']);

/** What holds in the running session, whatever is set meanwhile. */
export const sessionRules = z.object({
  raceLegal: z.boolean(),
  reason: rulesReason,
  /** What the setting of now would say of such a session; null when it is the same. */
  next: z.boolean().nullable(),
  /** 0: none, or not known. */
  seriesId: z.number(),
  seriesName: z.string(),
});
export type SessionRules = z.infer<typeof sessionRules>;
