/**
 * The reference library: for each track, layout and car the lap to coach from. By itself it is the best own reference-grade lap in the store,
 * kept up to date after every import; by hand it is any lap that the user adds, and then that one wins.
 */
import { createHash } from 'node:crypto';
import { CodedError, type LapSession } from '@racing-coach/contract';
import type { LapStoreClient, StoredReference } from '../store/lap-store.ts';

/** A lap that is to become a reference by hand. */
export interface AddedLap {
  /** Where and in what it was driven. */
  session: Pick<LapSession, 'trackKey' | 'carKey' | 'track' | 'car'>;
  /** Official where known; null is as good as not complete. */
  lapTimeS: number | null;
  lapFile: Uint8Array;
  own: boolean;
  label: string;
}

export class ReferenceLibrary {
  readonly store: LapStoreClient;

  constructor(store: LapStoreClient) {
    this.store = store;
  }

  list(): Promise<StoredReference[]> {
    return this.store.references();
  }

  async find(id: string): Promise<StoredReference | null> {
    return (await this.list()).find((reference) => reference.id === id) ?? null;
  }

  /** The newest one added by hand, else the best own lap; null when there is neither. */
  async best(trackKey: string, carKey: string): Promise<StoredReference | null> {
    const fitting = (await this.list()).filter((row) => row.trackKey === trackKey && row.carKey === carKey);
    return fitting.find((row) => row.origin === 'manual') ?? fitting[0] ?? null;
  }

  async lapFile(reference: StoredReference): Promise<Uint8Array> {
    const bytes = await this.store.lapFile(reference.lapFileSha256);
    if (bytes === null)
      throw new CodedError('lapfile-damaged', { file: reference.id, cause: 'it is missing' });
    return bytes;
  }

  /** Adding the same lap again gives the same reference. */
  async add({ session, lapTimeS, lapFile, own, label }: AddedLap, at: Date): Promise<StoredReference> {
    const sha256 = createHash('sha256').update(lapFile).digest('hex');
    const reference: StoredReference = {
      id: `m-${sha256.slice(0, 12)}`,
      ...placeOf(session),
      origin: 'manual',
      own,
      label,
      lapTimeS: lapTimeS ?? Number.NaN,
      lapFileSha256: sha256,
      addedAt: at.toISOString(),
      serverReferenceId: null,
    };
    await this.store.saveReference(reference, lapFile);
    return reference;
  }

  /** A shared lap of the server; another version of it takes the place of the one before. It is somebody's, perhaps this driver's: GO is not commanded from it. */
  async addFetched(
    { session, lapTimeS, lapFile, label }: Omit<AddedLap, 'own'>,
    serverReferenceId: string,
    at: Date,
  ): Promise<StoredReference> {
    const reference: StoredReference = {
      id: fetchedId(serverReferenceId),
      ...placeOf(session),
      origin: 'manual',
      own: false,
      label,
      lapTimeS: lapTimeS ?? Number.NaN,
      lapFileSha256: createHash('sha256').update(lapFile).digest('hex'),
      addedAt: at.toISOString(),
      serverReferenceId,
    };
    await this.store.saveReference(reference, lapFile);
    return reference;
  }

  /** Makes the best own lap of a track and car its reference, if it is another one than before; returns it then. */
  async refresh(session: LapSession, at: Date): Promise<StoredReference | null> {
    const { trackKey, carKey } = session;
    const lap = await this.store.bestOwnLap(trackKey, carKey);
    if (lap === null || lap.lapTimeS === null || lap.lapFileSha256 === null) return null;
    const id = automaticId(trackKey, carKey);
    const before = await this.find(id);
    if (before !== null && before.lapFileSha256 === lap.lapFileSha256) return null;
    const reference: StoredReference = {
      id,
      ...placeOf(session),
      origin: 'auto',
      own: true,
      label: `own best, lap ${lap.stint === 0 ? '' : `${lap.stint}:`}${lap.lap}`,
      lapTimeS: lap.lapTimeS,
      lapFileSha256: lap.lapFileSha256,
      addedAt: at.toISOString(),
      serverReferenceId: null,
    };
    await this.store.saveReference(reference, null);
    return reference;
  }
}

/** Some exports say neither track nor car: their keys (`sim/track/config`, car) have nothing in the place. */
export function saysWhere({ trackKey, carKey }: Pick<LapSession, 'trackKey' | 'carKey'>): boolean {
  return (trackKey.split('/')[1] ?? '') !== '' && carKey !== '';
}

/** One for each track and car, and the same at every refresh: a script may keep it. */
function automaticId(trackKey: string, carKey: string): string {
  return `a-${createHash('sha256').update(`${trackKey}\n${carKey}`).digest('hex').slice(0, 12)}`;
}

/** The same for every version of a shared lap. */
function fetchedId(serverReferenceId: string): string {
  return `s-${createHash('sha256').update(serverReferenceId).digest('hex').slice(0, 12)}`;
}

function placeOf({ trackKey, carKey, track, car }: AddedLap['session']) {
  return { trackKey, carKey, trackName: track.name, trackConfig: track.config, carName: car.name };
}
