/** Own recordings of the track and car of now: looked for, offered, and used when the driver says so, on a page, over the API or at the terminal. */
import { CodedError, type LapSession, type Offer, type OfferUsed } from '@racing-coach/contract';
import { lapTimeText } from '../cli/format.ts';
import type { DataDir } from '../data/data-dir.ts';
import { importRecording } from '../library/importer.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import type { NativeAddon } from '../native.ts';
import { type FoundOffer, offersFor, publicOffer } from './offers.ts';
import { type DescribeFile, readHeads } from './recording-heads.ts';
import type { ReferenceKeeper } from './reference-keeper.ts';
import { type Places, telemetryFolders } from './telemetry-folders.ts';

export interface OfferDeskOptions {
  keeper: ReferenceKeeper;
  library: ReferenceLibrary;
  native: NativeAddon;
  describe: DescribeFile;
  dataDir: DataDir;
  /** `recordings.folders` of the settings. */
  folders: string[] | null;
  places: Places;
  publish(offers: Offer[]): void;
  tell(line: string): void;
}

export class OfferDesk {
  readonly #options: OfferDeskOptions;
  #offers: FoundOffer[] = [];
  #place = '';
  #using = false;

  constructor(options: OfferDeskOptions) {
    this.#options = options;
  }

  offers(): Offer[] {
    return this.#offers.map(publicOffer);
  }

  /** Another track or car: what there is for it. */
  async look(session: LapSession): Promise<void> {
    const place = `${session.trackKey}\n${session.carKey}`;
    if (place === this.#place) return;
    this.#place = place;
    this.#set([]);
    const { folders, places, describe, dataDir, library, keeper } = this.#options;
    const recordings = await readHeads(await telemetryFolders(folders, places), describe, dataDir);
    const stored = await library.store.sessions();
    if (place !== this.#place) return;
    this.#set(offersFor(recordings, session, stored));
    const [first] = this.#offers;
    if (first === undefined || keeper.hasReference) return;
    const more = this.#offers.length > 1 ? ` (and ${this.#offers.length - 1} more)` : '';
    this.#options.tell(
      `Your recording ${first.file}${more} is of this track and car: type u and Enter to coach from its best lap.`,
    );
  }

  /** `u`: the newest one. Other lines mean nothing. */
  typed(line: string): void {
    if (line.toLowerCase() !== 'u') return;
    const { tell } = this.#options;
    const [first] = this.#offers;
    if (first === undefined) tell('No recording of this track and car is on offer.');
    else this.use(first.id).catch((thrown: unknown) => tell(CodedError.from(thrown).message));
  }

  /** Coaches from the recording's best lap, and imports it. */
  async use(id: string): Promise<OfferUsed['used']> {
    const offer = this.#offers.find((row) => row.id === id);
    if (offer === undefined) throw new CodedError('offer-not-found', { id });
    if (this.#using) throw new CodedError('offer-busy', {});
    this.#using = true;
    try {
      const { keeper, library, native, tell } = this.#options;
      const used = await keeper.use(offer);
      const imported = await importRecording(offer.path, library, native, new Date());
      this.#set(this.#offers.filter((row) => row.id !== id));
      tell(
        `${offer.file} is imported: ${imported.laps} laps, the best good one ${lapTimeText(used.lapTimeS)}.`,
      );
      return used;
    } finally {
      this.#using = false;
    }
  }

  #set(offers: FoundOffer[]): void {
    const changed = offers.length > 0 || this.#offers.length > 0;
    this.#offers = offers;
    if (changed) this.#options.publish(this.offers());
  }
}
