/** The library's own best for a track and car follows the laps that are driven: the next start coaches from it. */
import type { LapSession } from '@racing-coach/contract';
import { type ReferenceLibrary, saysWhere } from '../library/reference-library.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { Recorder } from '../store/recorder.ts';

export interface BestLaps {
  /** Resolves when the last look is done. */
  idle(): Promise<void>;
}

/** Looks after each good lap, once it is stored and its time settled, whichever comes last: a sim that tells the time at the line is faster than the lap file. */
export function keepBestLaps(
  bus: EventBus<EngineTopics>,
  recorder: Recorder,
  library: ReferenceLibrary,
): BestLaps {
  let place: LapSession | null = null;
  let looking: Promise<unknown> = Promise.resolve();
  bus.subscribe('note', 'best laps', (note) => {
    if (note.type === 'session') place = note.facts;
  });
  bus.subscribe('event', 'best laps', ({ event }) => {
    if (event.type !== 'lap' || !event.settled || !event.referenceGrade || place === null) return;
    return look(place);
  });
  bus.subscribe('lapRecorded', 'best laps', ({ summary }) => {
    if (summary.referenceGrade) return look(summary.session);
  });
  function look(session: LapSession): Promise<void> | undefined {
    if (!saysWhere(session)) return undefined;
    looking = looking.then(() => recorder.idle()).then(() => library.refresh(session, new Date()));
    return looking.then(() => {});
  }
  return {
    idle: () =>
      looking.then(
        () => {},
        () => {},
      ),
  };
}
