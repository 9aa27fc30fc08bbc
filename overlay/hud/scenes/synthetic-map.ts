/**
 * A map of the made-up circuit: its corners turn where the track has them, and as much as their lengths suggest; what is missing to a closed lap is spread
 * over all of it, as dead reckoning does.
 */
import type { MapMessage } from '@racing-coach/contract';
import { syntheticCorners, trackLengthM } from './synthetic-track.ts';

const stepM = 5;
/** Degrees that each corner turns, to the right positive: with these and the bends between them the lap nearly closes by itself. */
const turnsDeg = [79, -50, 107, -52, 58, -127, 143];
/** Gentle bends that nobody calls a corner: from, to, degrees. */
const bends = [
  [1190, 1480, 47],
  [1700, 1900, 55],
  [2010, 2380, 53],
  [2510, 2860, 47],
] as const;

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
  const within = (from: number, to: number) => placeM >= from && placeM < to;
  const index = syntheticCorners.findIndex(({ startM, endM }) => within(startM, endM));
  const corner = syntheticCorners[index];
  const bend = bends.find(([from, to]) => within(from, to));
  const [lengthM, degrees] = corner
    ? [corner.endM - corner.startM, turnsDeg[index] ?? 0]
    : [bend ? bend[1] - bend[0] : 1, bend?.[2] ?? 0];
  return (((degrees / 180) * Math.PI) / lengthM) * stepM;
}
