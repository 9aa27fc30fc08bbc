/** Shared laps of the server for the track and car of now: listed, fetched when the driver says so, and brought up to date. */
import { CodedError, type LapSession, type SharedLap, type SharedLapFetched } from '@racing-coach/contract';
import { lapTimeText } from '../cli/format.ts';
import type { DataDir } from '../data/data-dir.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import type { NativeAddon } from '../native.ts';
import { fetchReference, updateFetched } from '../sync/fetch-reference.ts';
import { ServerReferences } from '../sync/server-references.ts';
import { sharedLapOf } from '../sync/shared-lap.ts';

export interface SharedLapsDeskOptions {
  library: ReferenceLibrary;
  native: NativeAddon;
  dataDir: DataDir;
  stopped: AbortSignal;
  /** Null: not known yet. */
  place(): LapSession | null;
  /** Whether the coach works from a lap that it did not learn just now. */
  hasReference(): boolean;
  /** The library has another lap: what the coach works from is decided anew. */
  changed(): Promise<void>;
  tell(line: string): void;
}

export class SharedLapsDesk {
  readonly #options: SharedLapsDeskOptions;

  constructor(options: SharedLapsDeskOptions) {
    this.#options = options;
  }

  /** Of the track and car of now; none without a login. */
  async list(): Promise<SharedLap[]> {
    const place = this.#options.place();
    const references = this.#references();
    if (place === null || references === null) return [];
    const { trackKey, carKey } = place;
    const stored = await this.#options.library.list();
    return (await references.list({ trackKey, carKey })).map((lap) => sharedLapOf(lap, stored));
  }

  /** Where the coach has nothing to work from, the fastest one is named. */
  async offer(): Promise<void> {
    try {
      const [first] = (await this.list()).filter(({ fetched }) => !fetched);
      if (first === undefined || this.#options.hasReference()) return;
      const { id, driver, lapTimeS } = first;
      this.#options.tell(
        `${driver} shares a lap of this track and car, ${lapTimeText(lapTimeS)}: racing-coach reference fetch ${id}`,
      );
    } catch {
      // Asked for by nobody: that the server is away is told where laps wait for it.
    }
  }

  async fetch(id: string): Promise<SharedLapFetched> {
    const references = this.#references();
    if (references === null) throw new CodedError('not-signed-in');
    const { library, native, changed } = this.#options;
    const {
      id: stored,
      label,
      lapTimeS,
    } = await fetchReference(id, { references, library, native }, new Date());
    await changed();
    return { fetched: { id: stored, label, lapTimeS } };
  }

  /** Once a day. What cannot be had now is had another day. */
  async update(): Promise<void> {
    const { library, native, tell, changed } = this.#options;
    const references = this.#references();
    if (references === null) return;
    try {
      const updated = await updateFetched({ references, library, native }, new Date());
      for (const { label } of updated) tell(`The shared lap ${label} was updated.`);
      if (updated.length > 0) await changed();
    } catch (thrown) {
      if (!this.#options.stopped.aborted) tell(CodedError.from(thrown).message);
    }
  }

  #references(): ServerReferences | null {
    const { dataDir, stopped } = this.#options;
    return ServerReferences.of(dataDir, stopped);
  }
}
