/**
 * One run of a source: the native runner paces it, steps the coach and wakes us; we drain and publish. Nothing else happens here, and
 * nothing here waits: what a subscriber needs time for it does on its own.
 *
 * A wake-up is one drain. Between two drains the runner may have stepped many times (replay at full speed, a busy main thread): then the
 * snapshot is the newest alone and the events are all of them, in order.
 */
import {
  type CoachEvent,
  CodedError,
  type LapSummary,
  type RunnerNote,
  snapshotBytes,
} from '@racing-coach/contract';
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
      // What was finished before the stop is still heard, and what went wrong with the tape.
      const { error } = drain(runner, snapshot, bus);
      end(() => (error ? reject(sourceError(error)) : resolve(runner)));
    };
    const runner = makeRunner(wake);
    if (stopped.aborted) return resolve(runner);
    stopped.addEventListener('abort', stop);
    runner.start();
  });
}

function drain(runner: Runner, snapshot: Uint8Array, bus: EventBus<EngineTopics>): Drained {
  const drained = runner.drain(snapshot);
  for (const text of drained.events) publishText(text, bus);
  // After the notes: a lap's session was announced before its lap file could be made.
  for (const { summary, lapFile, sessionNumber } of drained.laps)
    bus.publish('lapRecorded', {
      summary: JSON.parse(summary) as LapSummary,
      lapFile: lapFile ?? null,
      sessionNumber: sessionNumber ?? 0,
    });
  if (drained.fresh) bus.publish('snapshot', snapshot);
  return drained;
}

const noteTypes: ReadonlySet<string> = new Set<RunnerNote['type']>([
  'session',
  'reference',
  'presence',
  'trouble',
  'line',
  'gap',
]);

function publishText(text: string, bus: EventBus<EngineTopics>): void {
  const message = JSON.parse(text) as CoachEvent | RunnerNote;
  if (noteTypes.has(message.type)) bus.publish('note', message as RunnerNote);
  else bus.publish('event', { event: message as CoachEvent, text });
}

/** The runner's error is a document. */
function sourceError(text: string): CodedError {
  const { code, message } = JSON.parse(text) as { code: string; message: string };
  return CodedError.from(Object.assign(new Error(message), { code }));
}
