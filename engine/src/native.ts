/**
 * What the engine uses of the native addon, and the only place that loads it. It is loaded on first use, so that `--help`, `token` and
 * `doctor` work on a machine where it is not built; there everything else answers with the coded error `addon-missing`.
 *
 * Strings are JSON documents of the contract. Rejections are errors with `code` (of the error table) and a finished `message`.
 */
import {
  CodedError,
  type LapSession,
  type RulesSettings,
  type RunnerSource,
  type RunnerStatistics,
} from '@racing-coach/contract';

/** A finished lap: `summary` is a `lapSummary` of the contract; `lapFile` is null when the lap is not complete. */
export interface ExtractedLap {
  summary: string;
  lapFile?: Uint8Array | null;
  /** Which session note of the run it belongs to; 0 when it was extracted. */
  sessionNumber?: number;
}

/** What one drain brought: whether the snapshot is newer than the last one, and every event and note since then, in order. */
export interface Drained {
  fresh: boolean;
  events: string[];
  /** What is news of what changes slowly, the newest of each: {@link BoardMessage}s as JSON. */
  board: string[];
  laps: ExtractedLap[];
  /** The run is over and everything was drained. */
  ended: boolean;
  /** Why it ended early, as JSON `{ code, message }`; absent when it did not. */
  error?: string | null;
}

export interface RunnerOptions {
  /** A recording; short for a `source` of that kind. */
  path?: string;
  /** A {@link RunnerSource} as JSON. */
  source?: string;
  /** A raw tape of a live source is written there. */
  recordTo?: string;
  /** Of a recording, times real time; 0 means as fast as it goes. */
  speed?: number;
  fromLap?: number;
  toLap?: number;
  /** Seconds from the recording's beginning. */
  fromS?: number;
  loop?: boolean;
  /** Whether finished laps come with their lap files. */
  record?: boolean;
  /** Whether laps of the run may become its reference. */
  learn?: boolean;
  /** What line notes of earlier runs held. */
  lines?: string[];
  /** A {@link RulesSettings} as JSON: where live instruction is forbidden; absent: nowhere. */
  rules?: string;
  /** Where learned corners have their names from. */
  trackFiles?: string[];
}

/** The option that says what to read. */
export function sourceOption(source: RunnerSource): Pick<RunnerOptions, 'source'> {
  return { source: JSON.stringify(source) };
}

/** A file that is played: a tape by its name, else a recording. */
export function recordingSource(path: string): RunnerSource {
  return { kind: /\.tape$/i.test(path) ? 'tape' : 'recording', path };
}

/** One Rust thread that paces the source and steps the coach. `wake` is called once until the next drain. */
export interface Runner {
  start(): void;
  stop(): void;
  /** `fixed` (the default): no lap of the run takes its place. */
  setReference(reference: ReferenceHandle | null, fixed?: boolean): void;
  /**
   * A {@link RulesSettings} as JSON, from the next session of the sim on.
   * @param session the number of the note that this answers; the first answer holds in that session as well
   */
  setRules(rules: string, session?: number): void;
  /** Copies the newest snapshot into a buffer that JavaScript owns and hands over the queue. */
  drain(snapshot: Uint8Array): Drained;
  /** A {@link RunnerStatistics}. */
  statsJson(): string;
}

/** A reference lap, analysed and ready for the coach. */
export interface ReferenceHandle {
  /** A `hubReference` of the contract. */
  describe(): string;
  /** A {@link ReferenceFacts}. */
  facts(): string;
  /** The track model with the corner ids that this reference used: to be kept for the track. */
  model(): string;
  /** Whether a recording with these keys was driven on this reference's track and layout in its car. */
  fits(trackKey: string, carKey: string): boolean;
}

export interface ReferenceFacts {
  trackKey: string;
  carKey: string;
  lapTimeS: number;
  lap: number;
  stint: number;
  own: boolean;
  wet: boolean;
  label: string;
  sampleRateHz: number;
}

export interface NativeAddon {
  analyzeFile(path: string, trackFiles?: string[]): Promise<string>;
  /** A `lapSession` of the contract; of an .ibt it reads the head, not the rows. */
  describeFile(path: string): Promise<string>;
  /** What of a tape is lost: a `TapeDamage` of the contract. Looks at checksums only. */
  tapeDamage(path: string): Promise<string>;
  /** The document of `doctor --map`: what a dump of a sim's memory, or a map, holds. */
  describeMap(path: string): Promise<string>;
  /** Where a simulator and its readers meet when nothing else was said. */
  defaultMapPath(): string;
  compareLaps(requestJson: string): Promise<string>;
  convertFile(input: string, output: string, onProgress?: (fraction: number) => void): Promise<string>;
  simulate(requestJson: string): Promise<string>;
  extractLaps(path: string, trackFiles?: string[]): Promise<ExtractedLap[]>;
  /**
   * What the lap of a lap file did in the corners of another one's, the best of the session: a `lapCornersAnswer` of the contract. The request: `{ model, trackFiles }`, as
   * for a reference.
   */
  lapFileCorners(bytes: Buffer, best: Buffer, requestJson: string): Promise<string>;
  /**
   * `{ path, lap, stint, own, model, trackFiles, label }`: the lap (null: the best) of the stint (null: the only lap with that number); `model` is a
   * track model whose corner ids are to be used, or null; `trackFiles` the paths of track files, of which the one of the track is used where there is no model.
   */
  ReferenceHandle: { load(requestJson: string): Promise<ReferenceHandle> };
  Runner: new (options: RunnerOptions, reference: ReferenceHandle | null, wake: () => void) => Runner;
  /** The monotonic clock that snapshots are stamped with, in milliseconds. */
  nowMs(): number;
}

export type { RulesSettings, RunnerSource, RunnerStatistics };

/** What a recording says about itself; rejects with the coded error of a file that cannot be read. */
export async function describeRecording(native: NativeAddon, path: string): Promise<LapSession> {
  return JSON.parse(await native.describeFile(path)) as LapSession;
}

/** Not written as a literal import: the package has no files before the addon is built, and types must check without it. */
const addonName: string = '@racing-coach/native';

let loading: Promise<NativeAddon> | undefined;

/** The addon, loaded once. */
export function loadNative(): Promise<NativeAddon> {
  loading ??= import(addonName).then(
    (addon: NativeAddon) => addon,
    (cause: unknown) => {
      throw new CodedError('addon-missing', {}, { cause });
    },
  );
  return loading;
}
