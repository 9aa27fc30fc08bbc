/**
 * Which lap a live coach works from, and why; told to the runner, the pages and the person.
 *
 * For each track and car, in this order: the lap named with `--reference`, when it is of this track and car; the library's (one added by hand stays, the
 * own best gives way to a better lap of the session); none, and then the coach learns. Own recordings that could give one are offered. A lap that the run itself
 * makes its reference is told when it does.
 */
import {
  CodedError,
  type HubReference,
  type LapSession,
  type OfferUsed,
  type ReferenceNote,
  type RunnerNote,
} from '@racing-coach/contract';
import { lapTimeText } from '../cli/format.ts';
import { type ReferenceLibrary, saysWhere } from '../library/reference-library.ts';
import { loadStoredReference } from '../library/stored-reference.ts';
import { trackFiles } from '../library/track-files.ts';
import type { NativeAddon, ReferenceFacts, ReferenceHandle } from '../native.ts';
import type { FoundOffer } from './offers.ts';

/** Where a decision goes. */
export interface ReferenceListener {
  /** The runner's. */
  setReference(reference: ReferenceHandle | null, fixed: boolean): void;
  /** Pages and API. `rough`: still being learned from. */
  told(reference: HubReference | null, rough: boolean, why: string): void;
  /** A line for the person. */
  tell(line: string): void;
}

export interface ReferenceKeeperOptions {
  native: NativeAddon;
  library: ReferenceLibrary;
  /** The lap of `--reference`; null when none was named. */
  chosen: ReferenceHandle | null;
  listener: ReferenceListener;
}

const noLap = 'no lap of this track and car yet';

export class ReferenceKeeper {
  readonly #options: ReferenceKeeperOptions;
  #place: LapSession | null = null;
  /** The coach that the decision was for: another one may have begun without its reference. */
  #coach = 0;
  /** The track's, as far as it mattered. */
  #weather: 'wet' | 'dry' | null = null;
  /** Grows with each decision: an older one that is still loading must not win. */
  #decision = 0;
  #fixed = false;
  #has = false;

  constructor(options: ReferenceKeeperOptions) {
    this.#options = options;
  }

  /** Whether the coach has a lap that was not learned just now. */
  get hasReference(): boolean {
    return this.#has;
  }

  get place(): LapSession | null {
    return this.#place;
  }

  /** Follows the runner; resolves when what a note asks for is decided. */
  async follow(note: RunnerNote): Promise<void> {
    if (note.type === 'reference') return this.#fromRun(note);
    if (note.type !== 'session') return;
    const before = this.#place;
    this.#place = note.facts;
    const same = before?.trackKey === note.facts.trackKey && before.carKey === note.facts.carKey;
    const again = this.#coach === note.coach;
    this.#coach = note.coach;
    // A console's track is known only once it was driven round, or some way along: until then what there is stays.
    if (!same || !again) this.#weather = null;
    if ((!same || !again) && saysWhere(note.facts)) await this.#decide(note.facts);
  }

  /** The track is wet and the reference dry, or the other way round: one that was not chosen by hand gives way to the library's, or to learning. */
  async weather(weather: 'wet' | 'dry'): Promise<void> {
    this.#weather = weather;
    if (!this.#fixed && this.#place !== null) await this.#decide(this.#place);
  }

  /** The library has another lap: one of the library may take the place of what there is. */
  async reconsider(): Promise<void> {
    if (this.#place !== null && saysWhere(this.#place)) await this.#decide(this.#place);
  }

  /** The best reference-grade lap of a recording, from now on. Throws what is wrong with it, `no-good-lap` for example. */
  async use(offer: FoundOffer): Promise<OfferUsed['used']> {
    const decision = this.#next();
    const { native, library } = this.#options;
    const model = this.#place === null ? null : await library.store.trackModel(this.#place.trackKey);
    const request = { path: offer.path, lap: null, stint: null, own: true, model, trackFiles };
    const first = await native.ReferenceHandle.load(JSON.stringify(request));
    const { lap } = factsOf(first);
    const label = `lap ${lap} of ${offer.file}`;
    const handle = await native.ReferenceHandle.load(JSON.stringify({ ...request, label }));
    const facts = factsOf(handle);
    if (decision === this.#decision) this.#set(handle, false, 'you chose this recording');
    return { id: offer.id, label, lapTimeS: facts.lapTimeS };
  }

  async #decide(place: LapSession): Promise<void> {
    const decision = this.#next();
    const { chosen } = this.#options;
    if (chosen !== null) {
      if (chosen.fits(place.trackKey, place.carKey))
        return this.#set(chosen, true, 'you chose it with --reference');
      this.#tell('The lap of --reference is from another track, layout or car.');
    }
    const { library, native } = this.#options;
    const stored = await library.best(place.trackKey, place.carKey);
    const handle =
      stored === null ? null : await this.#load(() => loadStoredReference(stored, library, native));
    if (decision !== this.#decision) return;
    if (stored === null || handle === null)
      return this.#set(null, false, `${noLap}: learning from your laps`);
    const weather = factsOf(handle).wet ? 'wet' : 'dry';
    const byHand = stored.origin === 'manual';
    if (!byHand && this.#weather !== null && weather !== this.#weather)
      return this.#set(
        null,
        false,
        `the track is ${this.#weather} and your best lap is ${weather}: learning from your laps`,
      );
    const why = byHand ? 'you added it to the library' : `your best ${weather} lap of the library`;
    this.#set(handle, byHand, why);
  }

  /** A stored lap that cannot be read costs its coaching, not the session. */
  async #load(load: () => Promise<ReferenceHandle>): Promise<ReferenceHandle | null> {
    try {
      return await load();
    } catch (thrown) {
      this.#tell(CodedError.from(thrown).message);
      return null;
    }
  }

  #set(handle: ReferenceHandle | null, fixed: boolean, why: string): void {
    const { listener } = this.#options;
    this.#fixed = fixed;
    this.#has = handle !== null;
    listener.setReference(handle, fixed);
    const described = handle === null ? null : (JSON.parse(handle.describe()) as HubReference);
    listener.told(described, false, why);
    this.#tell(referenceLine(described, why));
  }

  async #fromRun({ origin, rough, reference, model }: ReferenceNote): Promise<void> {
    const why = origin === 'learned' ? 'learning from it' : 'your best lap of this session';
    this.#has = origin === 'session';
    this.#options.listener.told(reference, rough, why);
    if (reference !== null) this.#tell(referenceLine(reference, rough ? `rough, ${why}` : why));
    if (model === null || this.#place === null) return;
    const { store } = this.#options.library;
    const { trackKey } = this.#place;
    // What a rough lap taught about the corners is better than nothing, and worse than what is known.
    if (origin === 'session' || (await store.trackModel(trackKey)) === null)
      await store.saveTrackModel(trackKey, model);
  }

  #tell(line: string): void {
    this.#options.listener.tell(line);
  }

  #next(): number {
    this.#decision += 1;
    return this.#decision;
  }
}

function factsOf(handle: ReferenceHandle): ReferenceFacts {
  return JSON.parse(handle.facts()) as ReferenceFacts;
}

function referenceLine(reference: HubReference | null, why: string): string {
  if (reference === null) return `Reference: none (${why}).`;
  return `Reference: ${reference.label}, ${lapTimeText(reference.lapTimeS)} (${why}).`;
}
