/** `GET /live` (WebSocket): what changed, for whoever may see it. A viewer that missed something gets `resync` and loads its lists again. */
import * as z from 'zod';
import { id } from './scalars.ts';

export const listEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), protocol: z.literal(1) }),
  z.object({ type: z.literal('lap.finished'), lapId: id, sessionId: id }),
  z.object({ type: z.literal('session.changed'), sessionId: id }),
  z.object({ type: z.literal('session.removed'), sessionId: id }),
  z.object({ type: z.literal('resync') }),
]);
export type ListEvent = z.infer<typeof listEvent>;
