/** A made-up circuit for scenes and tests: corners with a slowest speed, everything else follows from car limits. */
import type { HubCorner } from '@racing-coach/contract';

export const trackLengthM = 3240;

/** Names, places and speeds are invented. */
const corners: [string, 'left' | 'right', number, number, number, number, number, HubCorner['kind']][] = [
  // name, direction, startM, apexM, endM, minSpeedMps, minGear, kind
  ['Quarry', 'right', 560, 640, 720, 24.4, 2, 'brake'],
  ['Old Mill', 'left', 900, 960, 1030, 41.5, 4, 'brake'],
  ['Weir', 'right', 1080, 1130, 1190, 37.2, 3, 'brake'],
  ['Long Meadow', 'left', 1480, 1580, 1700, 33.3, 3, 'brake'],
  ['Beech Rise', 'right', 1900, 1950, 2010, 58, 5, 'lift'],
  ['Station Hairpin', 'left', 2380, 2450, 2510, 17.8, 1, 'brake'],
  ['Gate', 'right', 2860, 2930, 3010, 29.7, 3, 'brake'],
];

export const syntheticCorners: HubCorner[] = corners.map(
  ([name, direction, startM, apexM, endM, minSpeedMps, minGear, kind], index) => ({
    id: `t${index + 1}`,
    name,
    direction,
    kind,
    complex: null,
    startM,
    apexM,
    minSpeedM: apexM,
    endM,
    minSpeedMps,
    minGear,
  }),
);

/** How one lap is driven, corner by corner. */
export interface Driving {
  /** Added to each corner's slowest speed. */
  minSpeedChangeMps: (corner: number) => number;
  /** Braking, in m/s^2. */
  decelerationMps2: number;
}

const topSpeedMps = 74;
const apexHalfM = 14;

/** Speed on every metre of the closed lap: as fast as corners, brakes and engine allow. */
export function speedProfile({ minSpeedChangeMps, decelerationMps2 }: Driving): Float64Array {
  const speed = new Float64Array(trackLengthM).fill(topSpeedMps);
  syntheticCorners.forEach((corner, index) => {
    const apexM = corner.apexM ?? corner.minSpeedM;
    for (let metre = apexM - apexHalfM; metre <= apexM + apexHalfM; metre += 1)
      speed[metre] = (corner.minSpeedMps ?? Number.NaN) + minSpeedChangeMps(index);
  });
  // Twice round, so that the line is no beginning.
  for (let step = 1; step < 2 * trackLengthM; step += 1) {
    limit(speed, step - 1, step, (v) => 9.5 * (1 - (v / (topSpeedMps + 8)) ** 2));
    limit(speed, -step, -step - 1, (v) => decelerationMps2 + 0.0012 * v * v);
  }
  return speed;
}

function limit(speed: Float64Array, from: number, to: number, accelerationMps2: (v: number) => number): void {
  const at = (metre: number) => ((metre % trackLengthM) + trackLengthM) % trackLengthM;
  const v = speed[at(from)] ?? 0;
  const reachable = Math.sqrt(v * v + 2 * accelerationMps2(v));
  speed[at(to)] = Math.min(speed[at(to)] ?? 0, reachable);
}
