/** What the parts of the OBS desk share. */
import type { ObsClient } from './obs-client.ts';
import type { Later } from './obs-link.ts';

/** What can be amiss while OBS is there; one sentence at a time each. */
export type WarningName = 'buffer' | 'replay' | 'chapters' | 'scene';

export interface ObsDeskParts {
  nowMs(): number;
  later: Later;
  /** Null while OBS is not there. */
  client(): ObsClient | null;
  /** Says a sentence once and keeps it until it is taken back with null. */
  warn(name: WarningName, text: string | null): void;
  /** A line for the person. */
  tell(line: string): void;
}
