/**
 * What happened, for every replica: in memory on one, through Redis between several. `audience` is the owner of what changed; who else may see
 * it is asked of the database when it is delivered.
 */
import type { ListEvent } from '@racing-coach/contract/server';

export interface ServerEvent {
  event: ListEvent;
  ownerId: string;
}

export interface Events {
  publish(event: ServerEvent): Promise<void>;
  /** `resync` is called when events may have been missed, as after Redis was gone. Returns what ends it. */
  subscribe(listener: (event: ServerEvent) => void, resync: () => void): () => void;
  close(): Promise<void>;
}
