/** Own recordings that could give a reference for the track and car of now. What was imported is in the library already and is not offered. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { LapSession, Offer } from '@racing-coach/contract';
import type { StoredSession } from '../store/lap-store.ts';
import type { Recording } from './recording-heads.ts';

/** More than anybody reads. */
const mostOffers = 20;

export interface FoundOffer extends Offer {
  path: string;
}

/** Without a place: everything that there is. */
export function offersFor(
  recordings: Recording[],
  place: Pick<LapSession, 'trackKey' | 'carKey'> | null,
  stored: Pick<StoredSession, 'source' | 'sourceName' | 'date'>[],
): FoundOffer[] {
  const imported = new Set(
    stored.filter((row) => row.source === 'import').map((row) => `${row.sourceName}\n${row.date}`),
  );
  return recordings
    .filter((row) => place === null || (row.trackKey === place.trackKey && row.carKey === place.carKey))
    .filter((row) => !imported.has(`${basename(row.path)}\n${row.date}`))
    .slice(0, mostOffers)
    .map(({ path, track, car, date, bytes, mtimeMs }) => ({
      id: offerId(path, bytes, mtimeMs),
      path,
      file: basename(path),
      track,
      car,
      date: date || new Date(mtimeMs).toISOString(),
      bytes,
    }));
}

/** The same for as long as the file is the same. */
function offerId(path: string, bytes: number, mtimeMs: number): string {
  return createHash('sha256').update(`${path}\n${bytes}\n${mtimeMs}`).digest('hex').slice(0, 12);
}

/** What pages are told: not where the file lies. */
export function publicOffer({ path: _path, ...offer }: FoundOffer): Offer {
  return offer;
}
