/** What happened, for every replica: in memory on one, through Redis between several. Two implementations pass one suite. */
import { listEvent } from '@racing-coach/contract/server';
import * as z from 'zod';

export const serverEvent = z.object({
  event: listEvent,
  /** The owner of what changed. */
  ownerId: z.string(),
  /**
   * Who hears of it. `viewers`: whoever may see the session when it is delivered; the database is asked then. `owner`: he alone. `team`: those, himself
   * excepted, who see what he shares with a team; of a session that they saw until now.
   */
  to: z.enum(['viewers', 'owner', 'team']),
});
export type ServerEvent = z.infer<typeof serverEvent>;

export interface Events {
  /** Never rejects: an event that cannot reach others becomes their `resync` as soon as it can. */
  publish(event: ServerEvent): Promise<void>;
  /** `resync` is called when events may have been missed, as after Redis was gone. Returns what ends it. */
  subscribe(listener: (event: ServerEvent) => void, resync: () => void): () => void;
  close(): Promise<void>;
}
