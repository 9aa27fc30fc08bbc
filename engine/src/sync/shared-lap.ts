/** A shared lap of the server as pages and people see it. */
import type { SharedLap } from '@racing-coach/contract';
import type { SharedReference } from '@racing-coach/contract/server';
import type { StoredReference } from '../store/lap-store.ts';

/** @param stored the library, which may have it already */
export function sharedLapOf(shared: SharedReference, stored: readonly StoredReference[]): SharedLap {
  const { id, label, owner, trackName, trackConfig, carName, condition, lapTimeS } = shared;
  return {
    id,
    label,
    driver: owner.name,
    track: [trackName, trackConfig].filter(Boolean).join(' '),
    car: carName,
    condition,
    lapTimeS,
    fetched: stored.some(({ serverReferenceId }) => serverReferenceId === id),
  };
}
