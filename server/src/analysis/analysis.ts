/**
 * What the native core says of lap files, from a pool of worker threads: nothing of it runs on the thread that serves. The server computes no racing
 * facts of its own. Rejections are `ProblemError`s (`lap-damaged`, `lap-format`, `lap-implausible`, `lap-contradicts`, `not-comparable`) or `busy` when
 * too much waits.
 */
import type { CompareDocument } from '@racing-coach/contract';
import type { LapClaim, LapMetrics } from '@racing-coach/contract/server';

/** What a lap file says of itself and what was made of it. */
export interface CheckedLap {
  trackKey: string;
  carKey: string;
  trackName: string;
  trackConfig: string;
  carName: string;
  /** From crossing to crossing of the line. */
  ownLapTimeS: number;
  sampleRateHz: number;
  rows: number;
  wet: boolean;
  assisted: boolean | null;
  metrics: Omit<LapMetrics, 'lapId'>;
}

export interface TelemetryColumns {
  firstRow: number;
  sampleRateHz: number;
  /** A NaN is a value that is missing. Only channels that the file has. */
  channels: Record<string, Float64Array>;
}

export interface Analysis {
  readonly analysisVersion: number;
  /** Reads, bounds-checks and times a lap file again, and holds the claim against it. */
  check(lapFile: Uint8Array, claim: LapClaim): Promise<CheckedLap>;
  /** Sections, zones and corners as `analyze` has them. */
  metrics(lapFile: Uint8Array): Promise<Omit<LapMetrics, 'lapId'>>;
  compare(lap: AnalysedLap, reference: AnalysedLap): Promise<CompareDocument>;
  telemetry(lapFile: Uint8Array, channels: string[]): Promise<TelemetryColumns>;
  /** Rows of the table `telemetry_frame` in PostgreSQL's binary COPY format. */
  copyRows(lapFile: Uint8Array, lap: { id: string; ownerId: string; startedAt: Date }): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A lap file with the official time that travels beside it. */
export interface AnalysedLap {
  lapFile: Uint8Array;
  officialLapTimeS: number | null;
}
