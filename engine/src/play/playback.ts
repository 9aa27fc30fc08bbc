/** One recording through the engine: reference, hub, event file, live line and summary around one run of the tick loop. */
import { basename } from 'node:path';
import { CodedError, type HubReference, type LapSession, type PresetName } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { keepObsPassword } from '../data/obs-password.ts';
import type { SessionMessage } from '../hub/hub.ts';
import { EngineWatch } from '../loop/engine-watch.ts';
import { EventBus } from '../loop/event-bus.ts';
import { runSource } from '../loop/tick-loop.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { NativeAddon, ReferenceHandle, RunnerOptions, RunnerStatistics } from '../native.ts';
import { ReviewDesk } from '../review/review-desk.ts';
import { followRules } from '../rules/follow-rules.ts';
import { placeOf } from '../settings/place-of.ts';
import { SettingsDesk } from '../settings/settings-desk.ts';
import type { LapStoreClient } from '../store/lap-store.ts';
import { openLapStore } from '../store/worker-lap-store.ts';
import { EventFile } from './event-file.ts';
import { showLiveLine } from './live-line.ts';
import { type RunSummary, SummaryGatherer } from './run-summary.ts';
import { type Serving, serve } from './serving.ts';

export interface PlaybackOptions {
  /** The command that plays, for people. */
  command: string;
  /** What is played. */
  file: string;
  runner: RunnerOptions;
  session: LapSession;
  reference: ReferenceHandle | null;
  /** `--events`. */
  eventsPath: string | undefined;
  /** Whether pages are served, and on which port if one was asked for. */
  serving: { port: number | undefined } | null;
  /** What pages show until the driver has chosen himself. */
  preview?: PresetName;
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
  const watch = new EngineWatch({
    command: options.command,
    source: basename(options.file),
    nowMs: native.nowMs,
  });
  watch.listen(bus);
  const review = new ReviewDesk(native, () => openStore(context));
  const serving = await startServing(options, { reference, watch, native, bus, context, review });
  try {
    const makeRunner = (wake: () => void) => {
      const made = new native.Runner(options.runner, options.reference, wake);
      watch.attach(made);
      return made;
    };
    const runner = await runSource(makeRunner, bus, stopped);
    return gatherer.summary(reference, JSON.parse(runner.statsJson()) as RunnerStatistics);
  } finally {
    context.terminal.endLive();
    await serving?.close();
    await review.close();
    eventFile?.close();
  }
}

interface ServedParts {
  reference: HubReference | null;
  watch: EngineWatch;
  native: NativeAddon;
  bus: EventBus<EngineTopics>;
  context: Context;
  review: ReviewDesk;
}

async function openStore({ dataDir }: Context): Promise<LapStoreClient> {
  dataDir.ensure();
  return (await openLapStore({ path: dataDir.file('laps.db'), now: new Date() })).store;
}

async function startServing(
  { serving, session, file, preview, onReady }: PlaybackOptions,
  { reference, watch, native, bus, context, review }: ServedParts,
): Promise<Serving | null> {
  if (serving === null) return null;
  watch.setReference(reference, false, '');
  const settings = new SettingsDesk({
    dataDir: context.dataDir,
    now: () => new Date(),
    ...(preview === undefined ? {} : { preview }),
  });
  settings.follow(placeOf(session));
  const started = await serve(context, bus, {
    port: serving.port,
    nowMs: native.nowMs,
    session: sessionMessage(session, basename(file)),
    reference,
    settings,
    api: {
      state: () => watch.state(),
      health: () => watch.health(),
      offers: () => [],
      recordings: async () => [],
      importRecording: (id) => Promise.reject(new CodedError('offer-not-found', { id })),
      useOffer: (id) => Promise.reject(new CodedError('offer-not-found', { id })),
      setObsPassword: (password) => keepObsPassword(context.dataDir, password),
      review,
    },
    onDrawn: watch.drawn,
    onSent: watch.sent,
  });
  watch.countPages(() => started.hub.clientCount);
  followSessions(bus, started, basename(file), settings);
  followRules(bus, { publish: (message) => started.hub.publishRules(message), tell: () => {} });
  onReady?.(started);
  return started;
}

/** A tape may hold several sessions: pages are told which one plays. */
function followSessions(
  bus: EventBus<EngineTopics>,
  { hub }: Serving,
  source: string,
  settings: SettingsDesk,
): void {
  bus.subscribe('note', 'hub', (note) => {
    if (note.type !== 'session' || note.facts.track.name === '') return;
    hub.publishSession(sessionMessage(note.facts, source));
    settings.follow(placeOf(note.facts));
  });
}

function described(reference: ReferenceHandle): HubReference {
  return JSON.parse(reference.describe()) as HubReference;
}

export function sessionMessage({ sim, track, car }: LapSession, source: string): SessionMessage {
  return { type: 'session', sim, track: track.name, config: track.config, car: car.name, source };
}
