/**
 * A map of the made-up circuit: its corners turn where the track has them, and as much as their lengths suggest; what is missing to a closed lap is spread
 * over all of it, as dead reckoning does.
 */
import type { MapMessage } from '@racing-coach/contract';
import { syntheticCorners, trackLengthM } from './synthetic-track.ts';

const stepM = 5;
/** Degrees that each corner turns, to the right positive: with these the lap nearly closes by itself. */
const turnsDeg = [96, -62, 74, 128, 34, -74, 164];

export function syntheticMap(): NonNullable<MapMessage['map']> {
  const count = Math.floor(trackLengthM / stepM);
  const eastM: number[] = [];
  const northM: number[] = [];
  let [east, north, heading] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    eastM.push(east);
    northM.push(north);
    heading += turnAt(index * stepM);
    east += Math.sin(heading) * stepM;
    north += Math.cos(heading) * stepM;
  }
  const closed = (values: number[], missing: number) =>
    values.map((value, index) => value - (missing * index) / count);
  return { origin: 'positions', stepM, eastM: closed(eastM, east), northM: closed(northM, north) };
}

/** Radians over one step. */
function turnAt(placeM: number): number {
  const index = syntheticCorners.findIndex(({ startM, endM }) => placeM >= startM && placeM < endM);
  const corner = syntheticCorners[index];
  if (corner === undefined) return 0;
  const degrees = turnsDeg[index] ?? 0;
  return (((degrees / 180) * Math.PI) / (corner.endM - corner.startM)) * stepM;
}
