/**
 * One run of a source: the native runner paces it, steps the coach and wakes us; we drain and publish. Nothing else happens here, and
 * nothing here waits: what a subscriber needs time for it does on its own.
 *
 * A wake-up is one drain. Between two drains the runner may have stepped many times (replay at full speed, a busy main thread): then the
 * snapshot is the newest alone and the events are all of them, in order.
 */
import { type CoachEvent, CodedError, type LapSummary, snapshotBytes } from '@racing-coach/contract';
import type { Drained, Runner } from '../native.ts';
import type { EventBus } from './event-bus.ts';
import type { EngineTopics } from './topics.ts';

export type MakeRunner = (wake: () => void) => Runner;

/** Runs a source to its end, or until `stopped` is aborted. Resolves to the ended runner; rejects when the source fails. */
export function runSource(
  makeRunner: MakeRunner,
  bus: EventBus<EngineTopics>,
  stopped: AbortSignal,
): Promise<Runner> {
  const snapshot = new Uint8Array(snapshotBytes);
  return new Promise((resolve, reject) => {
    let over = false;
    const end = (finish: () => void) => {
      over = true;
      stopped.removeEventListener('abort', stop);
      finish();
    };
    const wake = () => {
      if (over) return;
      const { ended, error } = drain(runner, snapshot, bus);
      if (error) end(() => reject(sourceError(error)));
      else if (ended) end(() => resolve(runner));
    };
    const stop = () => {
      runner.stop();
      // What was finished before the stop is still heard.
      drain(runner, snapshot, bus);
      end(() => resolve(runner));
    };
    const runner = makeRunner(wake);
    if (stopped.aborted) return resolve(runner);
    stopped.addEventListener('abort', stop);
    runner.start();
  });
}

function drain(runner: Runner, snapshot: Uint8Array, bus: EventBus<EngineTopics>): Drained {
  const drained = runner.drain(snapshot);
  for (const { summary, lapFile } of drained.laps)
    bus.publish('lapRecorded', { summary: JSON.parse(summary) as LapSummary, lapFile: lapFile ?? null });
  for (const text of drained.events) bus.publish('event', { event: JSON.parse(text) as CoachEvent, text });
  if (drained.fresh) bus.publish('snapshot', snapshot);
  return drained;
}

/** The runner's error is a document. */
function sourceError(text: string): CodedError {
  const { code, message } = JSON.parse(text) as { code: string; message: string };
  return CodedError.from(Object.assign(new Error(message), { code }));
}
