/** What happens in an engine, by topic. */
import type { BoardMessage, CoachEvent, LapSummary, RunnerNote } from '@racing-coach/contract';

export interface EngineTopics {
  /** The newest snapshot's bytes; the buffer is overwritten by the next tick: copy what is to be kept. */
  snapshot: Uint8Array;
  /** One event of the coach, understood and as it was written. */
  event: { event: CoachEvent; text: string };
  /** The source, the session or the reference has changed; in order with the events. */
  note: RunnerNote;
  /** Fuel, tyres, cars around, laps, corners or map have changed: the message, understood and as it was written. */
  board: { message: BoardMessage; text: string };
  /** A lap has been finished; `lapFile` is null when it is not complete. `sessionNumber` is that of its session note. */
  lapRecorded: { summary: LapSummary; lapFile: Uint8Array | null; sessionNumber: number };
}
