/** What the desktop app answers to its own pages. No token, no path: a page may be on stream. */
import * as z from 'zod';

/** How the app stands. */
export const shellReport = z.object({
  version: z.string(),
  engine: z.enum(['starting', 'ready', 'waiting', 'failed', 'stopped']),
  /** Why the engine is not ready, or why the overlay is not shown. */
  reason: z.string().nullable(),
  /** The coach's status code; null while the hub says nothing. */
  status: z.string().nullable(),
  editing: z.boolean(),
  /** Global shortcuts that another program holds. */
  takenShortcuts: z.array(z.string()),
  /** Whether the switches that Chromium runs with differ from the settings, so that a restart is needed. */
  restartNeeded: z.boolean(),
});
export type ShellReport = z.infer<typeof shellReport>;

/** A display of the desktop. */
export const shellDisplay = z.object({
  id: z.string(),
  /** In DIP, on the desktop that all displays share. */
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  /** Device pixels for a DIP. */
  scaleFactor: z.number(),
  primary: z.boolean(),
});
export type ShellDisplay = z.infer<typeof shellDisplay>;

/** One look at the sim's graphics settings: whether an overlay shows, and what to change. */
export const displayFinding = z.object({ state: z.enum(['good', 'so', 'bad']), text: z.string() });
export type DisplayFinding = z.infer<typeof displayFinding>;

/** How writing a profile to a file of the user's choice went. */
export const profileExport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('written') }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('failed'), why: z.string() }),
]);
export type ProfileExport = z.infer<typeof profileExport>;
