/** The driver's own recordings of every track and car, and bringing one of them into the library; what fits the session of now is the offer desk's. */
import { CodedError, type Offer, type RecordingImported } from '@racing-coach/contract';
import type { DataDir } from '../data/data-dir.ts';
import { importRecording } from '../library/importer.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import type { NativeAddon } from '../native.ts';
import { type FoundOffer, offersFor, publicOffer } from './offers.ts';
import { type DescribeFile, readHeads } from './recording-heads.ts';
import { type Places, telemetryFolders } from './telemetry-folders.ts';

export interface RecordingDeskOptions {
  library: ReferenceLibrary;
  native: NativeAddon;
  describe: DescribeFile;
  dataDir: DataDir;
  /** `recordings.folders` of the settings. */
  folders(): string[] | null;
  places: Places;
}

export class RecordingDesk {
  readonly #options: RecordingDeskOptions;
  #found: FoundOffer[] = [];
  #busy = false;

  constructor(options: RecordingDeskOptions) {
    this.#options = options;
  }

  /** Those that were not imported yet, the newest first. */
  async list(): Promise<Offer[]> {
    const { folders, places, describe, dataDir, library } = this.#options;
    const recordings = await readHeads(await telemetryFolders(folders(), places), describe, dataDir);
    this.#found = offersFor(recordings, null, await library.store.sessions());
    return this.#found.map(publicOffer);
  }

  /** One at a time. Rejects with `offer-not-found`, and with what is wrong with the recording. */
  async import(id: string): Promise<RecordingImported> {
    const offer = this.#found.find((row) => row.id === id);
    if (offer === undefined || this.#busy) throw new CodedError('offer-not-found', { id });
    this.#busy = true;
    try {
      const { library, native } = this.#options;
      const { laps, completeLaps, reference } = await importRecording(
        offer.path,
        library,
        native,
        new Date(),
      );
      this.#found = this.#found.filter((row) => row.id !== id);
      return { file: offer.file, laps, completeLaps, referenceLapTimeS: reference?.lapTimeS ?? null };
    } finally {
      this.#busy = false;
    }
  }
}
