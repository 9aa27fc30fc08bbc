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

/**
 * Channels of a lap as an answer. `json`: `{ firstRow, sampleRateHz, channels: { name: [value or null] } }` to seven places. `bytes`, for pages that draw: a length (uint32,
 * little-endian), that many bytes of JSON `{ firstRow, sampleRateHz, rows, channels: [name] }` padded with spaces to a multiple of four, then each channel's rows as
 * float32, little-endian, NaN where a value is missing. Metres and radians keep what a screen can show; for more there is the lap file.
 */
export type TelemetryForm = 'json' | 'bytes';

export interface Analysis {
  readonly analysisVersion: number;
  /** Reads, bounds-checks and times a lap file again, and holds the claim against it. */
  check(lapFile: Uint8Array, claim: LapClaim): Promise<CheckedLap>;
  /** Sections, zones and corners as `analyze` has them. */
  metrics(lapFile: Uint8Array): Promise<Omit<LapMetrics, 'lapId'>>;
  compare(lap: AnalysedLap, reference: AnalysedLap): Promise<CompareDocument>;
  /** Only channels that the file has. */
  telemetry(lapFile: Uint8Array, channels: string[], form: TelemetryForm): Promise<Uint8Array>;
  /** Rows of the table `telemetry_frame` in PostgreSQL's binary COPY format. */
  copyRows(lapFile: Uint8Array, lap: { id: string; ownerId: string; startedAt: Date }): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A lap file with the official time that travels beside it. */
export interface AnalysedLap {
  lapFile: Uint8Array;
  officialLapTimeS: number | null;
}
