/** One recording through the engine: reference, hub, event file, live line and summary around one run of the tick loop. */
import { basename } from 'node:path';
import { CodedError, type HubReference, type LapSession } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import type { SessionMessage } from '../hub/hub.ts';
import { EventBus } from '../loop/event-bus.ts';
import { runSource } from '../loop/tick-loop.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { NativeAddon, ReferenceHandle, RunnerOptions, RunnerStatistics } from '../native.ts';
import { EventFile } from './event-file.ts';
import { showLiveLine } from './live-line.ts';
import { type RunSummary, SummaryGatherer } from './run-summary.ts';
import { type Serving, serve } from './serving.ts';

export interface PlaybackOptions {
  runner: RunnerOptions;
  session: LapSession;
  reference: ReferenceHandle | null;
  /** `--events`. */
  eventsPath: string | undefined;
  /** Whether pages are served, and on which port if one was asked for. */
  serving: { port: number | undefined } | null;
  /** Called once pages can connect, before the first sample. */
  onReady?: (serving: Serving) => void;
}

/** Plays to the end, or until the user stops it. */
export async function play(options: PlaybackOptions, context: Context): Promise<RunSummary> {
  // Asked for before anything is opened: from here on, whatever is opened is closed.
  const { stopped } = context;
  const native = await context.native();
  const bus = new EventBus<EngineTopics>((subscriber, error) =>
    context.terminal.tell(`${subscriber}: ${CodedError.from(error).message}`),
  );
  const reference = options.reference === null ? null : described(options.reference);
  const gatherer = new SummaryGatherer();
  // What goes round for days has no end to sum up, and must not gather.
  if (!options.runner.loop) gatherer.listen(bus);
  const eventFile = options.eventsPath === undefined ? null : new EventFile(options.eventsPath);
  eventFile?.listen(bus);
  showLiveLine(bus, context.terminal, () => performance.now());
  const serving = await startServing(options, reference, native, bus, context);
  try {
    const makeRunner = (wake: () => void) => new native.Runner(options.runner, options.reference, wake);
    const runner = await runSource(makeRunner, bus, stopped);
    return gatherer.summary(reference, JSON.parse(runner.statsJson()) as RunnerStatistics);
  } finally {
    context.terminal.endLive();
    await serving?.close();
    eventFile?.close();
  }
}

async function startServing(
  { serving, session, runner, onReady }: PlaybackOptions,
  reference: HubReference | null,
  native: NativeAddon,
  bus: EventBus<EngineTopics>,
  context: Context,
): Promise<Serving | null> {
  if (serving === null) return null;
  const started = await serve(context, bus, {
    port: serving.port,
    nowMs: native.nowMs,
    session: sessionMessage(session, runner.path),
    reference,
  });
  onReady?.(started);
  return started;
}

function described(reference: ReferenceHandle): HubReference {
  return JSON.parse(reference.describe()) as HubReference;
}

function sessionMessage({ sim, track, car }: LapSession, path: string): SessionMessage {
  const source = basename(path);
  return { type: 'session', sim, track: track.name, config: track.config, car: car.name, source };
}
