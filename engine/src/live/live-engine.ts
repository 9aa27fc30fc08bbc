/**
 * A live engine: the runner on a source that comes and goes, the recorder, the references, the pages. It ends when it is stopped and never because the
 * sim went away; whatever was open is then settled and closed.
 */
import { randomBytes } from 'node:crypto';
import { CodedError, type RunnerSource } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { loadSettings } from '../data/settings-file.ts';
import { storedSession } from '../library/importer.ts';
import { ReferenceLibrary } from '../library/reference-library.ts';
import { trackFiles } from '../library/track-files.ts';
import { EngineWatch } from '../loop/engine-watch.ts';
import { EventBus } from '../loop/event-bus.ts';
import { runSource } from '../loop/tick-loop.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { describeRecording, type ReferenceHandle, type Runner, sourceOption } from '../native.ts';
import { showLiveLine } from '../play/live-line.ts';
import { sessionMessage } from '../play/playback.ts';
import { type Serving, serve } from '../play/serving.ts';
import { Recorder } from '../store/recorder.ts';
import { openLapStore } from '../store/worker-lap-store.ts';
import { keepBestLaps } from './best-laps.ts';
import { keepLine, readLines } from './learned-lines.ts';
import { tellLive } from './live-terminal.ts';
import { OfferDesk } from './offer-desk.ts';
import { ReferenceKeeper } from './reference-keeper.ts';
import { sourceWords } from './source-choice.ts';
import { thisMachine } from './telemetry-folders.ts';

export interface LiveOptions {
  source: RunnerSource;
  /** `--tape`: where a raw tape goes as well. */
  tape: string | undefined;
  port: number | undefined;
  /** Loads the lap of `--reference`; null when none was named. */
  chosen(library: ReferenceLibrary): Promise<ReferenceHandle | null>;
  /** Called once pages can connect. */
  onReady(serving: Serving): void;
  /** Called with what takes typed lines. */
  onCommands(type: (line: string) => void): void;
}

/** Runs until the context is stopped. */
export async function runLive(options: LiveOptions, context: Context): Promise<void> {
  // Asked for before anything is opened: a Ctrl-C meanwhile is not lost, and from here on, whatever is opened is closed.
  const { stopped } = context;
  const lock = EngineLock.take(context.dataDir);
  try {
    const { store, notice } = await openLapStore({ path: context.dataDir.file('laps.db'), now: new Date() });
    try {
      if (notice !== null) context.terminal.tell(notice);
      const left = await store.settleLeftOpen(new Date().toISOString());
      if (left > 0) context.terminal.tell(`${left} laps of the last run were settled with their own times.`);
      if (!stopped.aborted) await coach(new ReferenceLibrary(store), lock, options, context);
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

async function coach(
  library: ReferenceLibrary,
  lock: EngineLock,
  options: LiveOptions,
  context: Context,
): Promise<void> {
  const { terminal, stopped } = context;
  const native = await context.native();
  const settings = readSettings(context);
  const words = sourceWords(options.source);
  const bus = new EventBus<EngineTopics>((subscriber, error) =>
    terminal.tell(`${subscriber}: ${CodedError.from(error).message}`),
  );
  const watch = new EngineWatch({ command: 'start', source: words.name, nowMs: native.nowMs });
  watch.listen(bus);
  const recorder = new Recorder(library.store, describeLive(words.name), () => new Date());
  recorder.listen(bus);
  tellLive(bus, terminal, words);
  showLiveLine(bus, terminal, () => performance.now());

  let runner: Runner | null = null;
  let serving: Serving | null = null;
  const keeper = new ReferenceKeeper({
    native,
    library,
    chosen: await options.chosen(library),
    listener: {
      setReference: (reference, fixed) => runner?.setReference(reference, fixed),
      told: (reference, rough, why) => {
        watch.setReference(reference, rough, why);
        serving?.hub.publishReference(reference, why);
      },
      tell: (line) => terminal.tell(line),
    },
  });
  const desk = new OfferDesk({
    keeper,
    library,
    native,
    describe: (path) => describeRecording(native, path),
    dataDir: context.dataDir,
    folders: settings.recordings.folders,
    places: thisMachine,
    publish: (offers) => serving?.hub.publishOffers(offers),
    tell: (line) => terminal.tell(line),
  });
  const bestLaps = keepBestLaps(bus, recorder, library);
  bus.subscribe('note', 'references', async (note) => {
    await keeper.follow(note);
    if (note.type === 'session') await desk.look(note.facts);
  });
  bus.subscribe('note', 'lines', (note) => {
    if (note.type === 'line') keepLine(note.line, context.dataDir);
  });
  bus.subscribe('event', 'references', ({ event }) => {
    if (event.type === 'status' && event.status === 'wet') keeper.wet();
  });

  serving = await serve(context, bus, {
    port: options.port,
    nowMs: native.nowMs,
    session: null,
    reference: null,
    settings,
    api: {
      state: () => watch.state(),
      health: () => watch.health(),
      offers: () => desk.offers(),
      useOffer: async (id) => ({ used: await desk.use(id) }),
    },
    onDrawn: watch.drawn,
    onSent: watch.sent,
    lock,
  });
  const { hub } = serving;
  watch.countPages(() => hub.clientCount);
  bus.subscribe('note', 'hub', (note) => {
    if (note.type === 'session') hub.publishSession(sessionMessage(note.facts, words.name));
  });
  options.onReady(serving);
  options.onCommands((line) => desk.typed(line));
  try {
    await runSource(
      (wake) => {
        runner = new native.Runner(
          {
            ...sourceOption(options.source),
            ...(options.tape === undefined ? {} : { recordTo: options.tape }),
            record: true,
            learn: true,
            trackFiles: [...trackFiles],
            lines: readLines(context.dataDir),
          },
          null,
          wake,
        );
        watch.attach(runner);
        return runner;
      },
      bus,
      stopped,
    );
  } finally {
    terminal.endLive();
    await recorder.idle();
    await bestLaps.idle();
    await serving.close();
  }
}

function readSettings(context: Context) {
  const { settings, notice } = loadSettings(context.dataDir, new Date());
  if (notice !== null) context.terminal.tell(notice);
  return settings;
}

/** A live session's identity: when this engine began, something that no other has, and which session of the run it is. */
function describeLive(sourceName: string): ConstructorParameters<typeof Recorder>[1] {
  const began = new Date();
  const run = `${began.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
  return ({ number, facts }) => storedSession(`live-${run}-${number}`, sourceName, null, facts, new Date());
}
