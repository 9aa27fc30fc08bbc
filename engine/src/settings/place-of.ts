/** A session's sim, car and track as profiles see them. */
import type { LapSession } from '@racing-coach/contract';
import type { DrivenPlace } from './settings-desk.ts';

export function placeOf({ sim, carKey, trackKey, track, car }: LapSession): DrivenPlace {
  const about = [car.name, [track.name, track.config].filter(Boolean).join(' ')].filter(Boolean).join(' at ');
  return { sim, car: carKey, track: trackKey, about };
}
