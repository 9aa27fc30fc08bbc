/** The {@link Analysis} over the native addon: check, convert, call. */
import { availableParallelism } from 'node:os';
import type { CompareDocument } from '@racing-coach/contract';
import type { LapClaim, LapMetrics } from '@racing-coach/contract/server';
import { ProblemError } from '../problem-error.ts';
import type { AnalysedLap, Analysis, CheckedLap, TelemetryForm } from './analysis.ts';
import { holdClaim, type LapFileFacts } from './held-claim.ts';
import { loadNative, type NativeAddon } from './native-addon.ts';
import { WorkQueue } from './work-queue.ts';

interface Checked extends LapFileFacts {
  trackKey: string;
  carKey: string;
  trackName: string;
  trackConfig: string;
  carName: string;
  wet: boolean;
  analysisVersion: number;
  lap: (Omit<LapMetrics, 'lapId' | 'analysisVersion'> & { lap: number; stint: number }) | null;
}

export interface AnalysisOptions {
  /** Calls that run at the same time; libuv has four threads, and files and names want one. */
  concurrency?: number;
  /** Calls that wait before more are refused. */
  mostWaiting?: number;
  /** Track files that name corners. */
  trackFiles?: string[];
}

export async function openAnalysis(options: AnalysisOptions = {}): Promise<Analysis> {
  const native = await loadNative();
  return new NativeAnalysis(native, options);
}

class NativeAnalysis implements Analysis {
  readonly analysisVersion: number;
  readonly #native: NativeAddon;
  readonly #queue: WorkQueue;
  readonly #trackFiles: string[];

  constructor(native: NativeAddon, options: AnalysisOptions) {
    this.#native = native;
    this.analysisVersion = native.analysisVersion();
    this.#queue = new WorkQueue({
      concurrency: options.concurrency ?? Math.min(3, Math.max(1, availableParallelism() - 1)),
      mostWaiting: options.mostWaiting ?? 64,
    });
    this.#trackFiles = options.trackFiles ?? [];
  }

  async check(lapFile: Uint8Array, claim: LapClaim): Promise<CheckedLap> {
    const checked = await this.#checked(lapFile);
    holdClaim(claim, checked);
    const { trackKey, carKey, trackName, trackConfig, carName } = checked;
    const { rows, sampleRateHz, wet, assisted } = checked;
    const facts = { trackKey, carKey, trackName, trackConfig, carName, rows, sampleRateHz, wet, assisted };
    return { ...facts, ownLapTimeS: checked.timedS ?? 0, metrics: metricsOf(checked) };
  }

  async metrics(lapFile: Uint8Array): Promise<Omit<LapMetrics, 'lapId'>> {
    return metricsOf(await this.#checked(lapFile));
  }

  async compare(lap: AnalysedLap, reference: AnalysedLap): Promise<CompareDocument> {
    const request = JSON.stringify({
      officialLapTimeS: lap.officialLapTimeS,
      referenceOfficialLapTimeS: reference.officialLapTimeS,
      trackFiles: this.#trackFiles,
    });
    const [ours, theirs] = [bufferOf(lap.lapFile), bufferOf(reference.lapFile)];
    return JSON.parse(await this.#run(() => this.#native.compareLapFiles(ours, theirs, request)));
  }

  async telemetry(lapFile: Uint8Array, channels: string[], form: TelemetryForm): Promise<Uint8Array> {
    return await this.#run(() => this.#native.lapFileChannels(bufferOf(lapFile), channels, form === 'json'));
  }

  async copyRows(
    lapFile: Uint8Array,
    lap: { id: string; ownerId: string; startedAt: Date },
  ): Promise<Uint8Array> {
    const startedAtMs = lap.startedAt.getTime();
    return await this.#run(() =>
      this.#native.lapFileCopyRows(bufferOf(lapFile), lap.id, lap.ownerId, startedAtMs),
    );
  }

  async close(): Promise<void> {}

  async #checked(lapFile: Uint8Array): Promise<Checked> {
    return JSON.parse(await this.#run(() => this.#native.checkLapFile(bufferOf(lapFile), this.#trackFiles)));
  }

  async #run<Result>(call: () => Promise<Result>): Promise<Result> {
    return await this.#queue.run(async () => {
      try {
        return await call();
      } catch (error) {
        throw problemOf(error);
      }
    });
  }
}

function metricsOf(checked: Checked): Omit<LapMetrics, 'lapId'> {
  const { sections = [], brakeZones = [], corners = [] } = checked.lap ?? {};
  return { analysisVersion: checked.analysisVersion, sections, brakeZones, corners };
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Codes of the core's table that say something of the file; anything else is ours. */
function problemOf(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  const cause = { cause: error };
  if (code === 'lapfile-version') return new ProblemError('lap-format', cause);
  if (code === 'lapfile-damaged' || code === 'channels-missing')
    return new ProblemError('lap-damaged', cause);
  if (code === 'lap-not-comparable' || code === 'reference-mismatch')
    return new ProblemError('not-comparable', cause);
  return error;
}
