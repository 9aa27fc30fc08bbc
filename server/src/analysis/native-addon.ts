/** What the server uses of the native addon, and the only place that loads it. Strings are JSON; rejections carry `code` of the table of errors. */
import { CodedError } from '@racing-coach/contract';

export interface NativeAddon {
  checkLapFile(bytes: Buffer, trackFiles?: string[]): Promise<string>;
  compareLapFiles(lap: Buffer, reference: Buffer, requestJson: string): Promise<string>;
  lapFileChannels(bytes: Buffer, names: string[], json: boolean): Promise<Buffer>;
  lapFileCopyRows(bytes: Buffer, lapId: string, ownerId: string, startedAtMs: number): Promise<Buffer>;
  /** Numbers of another version are made again. */
  analysisVersion(): number;
  telemetryColumns(): { name: string; type: string }[];
}

/** Not written as a literal import: the package has no files before the addon is built, and types must check without it. */
const addonName: string = '@racing-coach/native';

/** Rejects with `addon-missing` where it was not built. */
export async function loadNative(): Promise<NativeAddon> {
  try {
    return (await import(addonName)) as NativeAddon;
  } catch (cause) {
    throw new CodedError('addon-missing', {}, { cause });
  }
}
