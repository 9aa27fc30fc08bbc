/** What a page or a key can do in edit mode, with the check of each: these come from a page. */
import { overlayWidgetNames } from '@racing-coach/contract';
import * as z from 'zod';

const name = z.enum(overlayWidgetNames);
/** A place on a display, in DIP from its corner. No desk is a hundred thousand wide. */
const coordinate = z.number().min(-100_000).max(100_000);
const point = { displayId: z.string().max(40), x: coordinate, y: coordinate };

export const editAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('grab'), name, ...point }),
  z.object({
    kind: z.literal('grab-corner'),
    name,
    corner: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']),
  }),
  /** `free`: nothing snaps. */
  z.object({ kind: z.literal('drag'), ...point, free: z.boolean() }),
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('select'), name: name.nullable() }),
  z.object({ kind: z.literal('select-next'), backwards: z.boolean() }),
  z.object({
    kind: z.literal('nudge'),
    x: z.literal([-1, 0, 1]),
    y: z.literal([-1, 0, 1]),
    big: z.boolean(),
  }),
  z.object({ kind: z.literal('grow'), by: z.literal([-1, 1]) }),
  z.object({ kind: z.literal('to-display'), backwards: z.boolean() }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('undo') }),
  z.object({ kind: z.literal('redo') }),
  /** Put everything back as it was when the drag began. */
  z.object({ kind: z.literal('cancel-drag') }),
]);
export type EditAction = z.infer<typeof editAction>;

/** Ends edit mode. */
export const editEnd = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('save') }),
  z.object({ kind: z.literal('discard') }),
]);
