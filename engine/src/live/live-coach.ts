/** What a live engine is made of, wired to one bus: watch, recorder, references, offers, terminal and pages around one run of the tick loop. */
import { randomBytes } from 'node:crypto';
import { CodedError, type LapSession, type RulesSettings, type RunnerSource } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { CostDesk } from '../cost/cost-desk.ts';
import { readCostRecord, writeCostRecord } from '../cost/cost-file.ts';
import type { EngineLock } from '../data/engine-lock.ts';
import { keepObsPassword } from '../data/obs-password.ts';
import { storedSession } from '../library/importer.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import { trackFiles } from '../library/track-files.ts';
import { EngineWatch } from '../loop/engine-watch.ts';
import { EventBus } from '../loop/event-bus.ts';
import { runSource } from '../loop/tick-loop.ts';
import type { EngineTopics } from '../loop/topics.ts';
import {
  describeRecording,
  type NativeAddon,
  type ReferenceHandle,
  type Runner,
  type RunnerOptions,
  sourceOption,
} from '../native.ts';
import { makeObsDesk } from '../obs/make-obs-desk.ts';
import type { ObsDesk } from '../obs/obs-desk.ts';
import { showLiveLine } from '../play/live-line.ts';
import { sessionMessage } from '../play/playback.ts';
import { type Serving, serve } from '../play/serving.ts';
import { ReviewDesk } from '../review/review-desk.ts';
import { followRules } from '../rules/follow-rules.ts';
import { placeOf } from '../settings/place-of.ts';
import { SettingsDesk } from '../settings/settings-desk.ts';
import { type DescribeSession, Recorder } from '../store/recorder.ts';
import { SyncDesk } from '../sync/sync-desk.ts';
import { type BestLaps, keepBestLaps } from './best-laps.ts';
import { keepLine, readLines } from './learned-lines.ts';
import { tellLive } from './live-terminal.ts';
import { OfferDesk } from './offer-desk.ts';
import { RecordingDesk, type RecordingDeskOptions } from './recording-desk.ts';
import { ReferenceKeeper, type ReferenceListener } from './reference-keeper.ts';
import { SharedLapsDesk } from './shared-laps-desk.ts';
import { type SourceWords, sourceWords } from './source-choice.ts';
import { thisMachine } from './telemetry-folders.ts';

export interface LiveParts {
  source: RunnerSource;
  /** Where a raw tape goes as well. */
  tape: string | undefined;
  library: ReferenceLibrary;
  native: NativeAddon;
  /** The lap of `--reference`. */
  chosen: ReferenceHandle | null;
  context: Context;
}

export class LiveCoach {
  readonly #parts: LiveParts;
  readonly #words: SourceWords;
  readonly #settings: SettingsDesk;
  readonly #bus: EventBus<EngineTopics>;
  readonly #watch: EngineWatch;
  readonly #recorder: Recorder;
  readonly #bestLaps: BestLaps;
  readonly #keeper: ReferenceKeeper;
  readonly #desk: OfferDesk;
  readonly #recordings: RecordingDesk;
  readonly #obs: ObsDesk;
  readonly #cost: CostDesk;
  readonly #sync: SyncDesk;
  readonly #sharedLaps: SharedLapsDesk;
  #offeredAt = '';
  #runner: Runner | null = null;
  #serving: Serving | null = null;

  constructor(parts: LiveParts) {
    const { library, native, chosen, context, source } = parts;
    const tell = (line: string): void => context.terminal.tell(line);
    this.#parts = parts;
    this.#words = sourceWords(source);
    this.#settings = new SettingsDesk({ dataDir: context.dataDir, now: () => new Date() });
    this.#bus = new EventBus((name, error) => tell(`${name}: ${CodedError.from(error).message}`));
    this.#watch = new EngineWatch({ command: 'start', source: this.#words.name, nowMs: native.nowMs });
    this.#recorder = new Recorder(library.store, describeLive(this.#words.name), () => new Date());
    this.#keeper = new ReferenceKeeper({ native, library, chosen, listener: this.#references(tell) });
    const own: RecordingDeskOptions = {
      library,
      native,
      describe: (path) => describeRecording(native, path),
      dataDir: context.dataDir,
      folders: () => this.#settings.current.recordings.folders,
      places: thisMachine,
    };
    this.#recordings = new RecordingDesk(own);
    this.#desk = new OfferDesk({
      ...own,
      keeper: this.#keeper,
      publish: (offers) => this.#serving?.hub.publishOffers(offers),
      tell,
    });
    this.#obs = makeObsDesk(library, context);
    this.#watch.watchObs(() => this.#obs.health());
    this.#obs.listen(this.#bus);
    this.#cost = new CostDesk({
      record: readCostRecord(context.dataDir),
      save: (record) => writeCostRecord(context.dataDir, record),
      publish: (message) => this.#serving?.hub.publishNewest(message.type, JSON.stringify(message)),
      overlays: () => this.#serving?.hub.hudCount ?? 0,
      tell,
      nowMs: native.nowMs,
      date: () => new Date(),
      every: (ms, run) => {
        const timer = setInterval(run, ms);
        return () => clearInterval(timer);
      },
    });
    this.#sharedLaps = new SharedLapsDesk({
      library,
      native,
      dataDir: context.dataDir,
      stopped: context.stopped,
      place: () => this.#keeper.place,
      hasReference: () => this.#keeper.hasReference,
      changed: () => this.#keeper.reconsider(),
      tell,
    });
    this.#sync = new SyncDesk({
      store: library.store,
      dataDir: context.dataDir,
      settings: () => this.#settings.current.sync,
      stored: () => this.#recorder.idle(),
      publish: (message) => this.#serving?.hub.publishNewest(message.type, JSON.stringify(message)),
      checked: () => this.#sharedLaps.update(),
      tell,
    });
    this.#watch.watchSync(() => this.#sync.state());
    this.#watch.listen(this.#bus);
    this.#cost.listen(this.#bus);
    followRules(this.#bus, { publish: (message) => this.#serving?.hub.publishRules(message), tell });
    this.#recorder.listen(this.#bus);
    this.#sync.listen(this.#bus);
    this.#bestLaps = keepBestLaps(this.#bus, this.#recorder, library);
    this.#listen(context);
  }

  /** Once for each track and car; the text of a session is often told anew. */
  async #offerShared({ trackKey, carKey }: LapSession): Promise<void> {
    const place = `${trackKey}\n${carKey}`;
    if (place === this.#offeredAt) return;
    this.#offeredAt = place;
    if (!this.#keeper.hasReference) await this.#sharedLaps.offer();
  }

  #references(tell: (line: string) => void): ReferenceListener {
    return {
      setReference: (reference, fixed) => this.#runner?.setReference(reference, fixed),
      told: (reference, rough, why) => {
        this.#watch.setReference(reference, rough, why);
        this.#serving?.hub.publishReference(reference, why);
      },
      tell,
    };
  }

  #listen({ terminal, dataDir }: Context): void {
    const bus = this.#bus;
    tellLive(bus, terminal, this.#words);
    showLiveLine(bus, terminal, () => performance.now(), 'without laps');
    bus.subscribe('note', 'references', async (note) => {
      await this.#keeper.follow(note);
      if (note.type !== 'session') return;
      await this.#desk.look(note.facts);
      await this.#offerShared(note.facts);
    });
    bus.subscribe('event', 'references', ({ event }) => {
      if (event.type === 'status' && (event.status === 'wet' || event.status === 'dry'))
        void this.#keeper.weather(event.status);
    });
    bus.subscribe('note', 'lines', (note) => {
      if (note.type === 'line') keepLine(note.line, dataDir);
    });
    bus.subscribe('note', 'hub', (note) => {
      if (note.type !== 'session') return;
      this.#serving?.hub.publishSession(sessionMessage(note.facts, this.#words.name));
      if (note.facts.track.name === '') return;
      this.#settings.follow(placeOf(note.facts));
      this.#setRules(this.#settings.current.rules, note.number);
    });
    bus.subscribe('lapRecorded', 'settings', ({ summary }) => {
      if (summary.complete) this.#settings.drove();
    });
  }

  /** Opens the pages. */
  async serve(port: number | undefined, lock: EngineLock): Promise<Serving> {
    const { native, context, library } = this.#parts;
    const [watch, desk] = [this.#watch, this.#desk];
    const serving = await serve(context, this.#bus, {
      port,
      nowMs: native.nowMs,
      session: null,
      reference: null,
      settings: this.#settings,
      api: {
        state: () => watch.state(),
        health: () => watch.health(),
        offers: () => desk.offers(),
        recordings: () => this.#recordings.list(),
        importRecording: (id) => this.#recordings.import(id),
        useOffer: async (id) => ({ used: await desk.use(id) }),
        setObsPassword: (password) => {
          keepObsPassword(context.dataDir, password);
          void this.#obs.retry();
        },
        cost: this.#cost,
        sync: this.#sync,
        sharedLaps: this.#sharedLaps,
        review: new ReviewDesk(native, async () => library.store),
      },
      onDrawn: watch.drawn,
      onSent: watch.sent,
      lock,
    });
    watch.countPages(() => serving.hub.clientCount);
    this.#serving = serving;
    this.#cost.publishLevel();
    return serving;
  }

  /** Follows the source until the context is stopped. */
  async run(): Promise<void> {
    const { native, context } = this.#parts;
    const makeRunner = (wake: () => void): Runner => {
      const runner = new native.Runner(this.#runnerOptions(), null, wake);
      this.#runner = runner;
      this.#watch.attach(runner);
      return runner;
    };
    this.#obs.apply(this.#settings.current.obs);
    this.#settings.onChange(({ obs, rules }) => {
      this.#obs.apply(obs);
      this.#setRules(rules);
      this.#sync.nudge();
    });
    this.#sync.start();
    try {
      await runSource(makeRunner, this.#bus, context.stopped);
    } finally {
      await Promise.all([this.#obs.close(), this.#sync.close()]);
    }
  }

  /** Resolves when everything that was driven is stored. */
  async idle(): Promise<void> {
    await this.#recorder.idle();
    await this.#bestLaps.idle();
  }

  /**
   * What the rules say holds from the next session on.
   * @param session for whose car and track a profile was chosen: it holds in that one too
   */
  #setRules(rules: RulesSettings, session?: number): void {
    this.#runner?.setRules(JSON.stringify(rules), session);
  }

  /** A line that the person typed. */
  readonly typed = (line: string): void => this.#desk.typed(line);

  #runnerOptions(): RunnerOptions {
    const { source, tape, context } = this.#parts;
    return {
      ...sourceOption(source),
      ...(tape === undefined ? {} : { recordTo: tape }),
      record: true,
      learn: true,
      trackFiles: [...trackFiles],
      lines: readLines(context.dataDir),
      rules: JSON.stringify(this.#settings.current.rules),
    };
  }
}

/** A live session's identity: when this engine began, something that no other has, and which session of the run it is. */
function describeLive(sourceName: string): DescribeSession {
  const began = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const run = `${began}-${randomBytes(3).toString('hex')}`;
  return ({ number, facts }) => storedSession(`live-${run}-${number}`, sourceName, null, facts, new Date());
}
