/** Snapshots of the made-up driver at a time of his lap, as the coach step would write them. */
import { type Snapshot, snapshotFlags, statuses } from '@racing-coach/contract';
import { driverLap, lapTimeS, referenceLap } from './synthetic-lap.ts';
import { syntheticCorners, trackLengthM } from './synthetic-track.ts';

export const statusIndex = (code: (typeof statuses)[number]['code']) =>
  statuses.findIndex((status) => status.code === code);

export const drivenLapTimeS = lapTimeS(driverLap);

/** The lap distance that the driver has reached after a time from the line. */
export function distanceAtM(timeS: number): number {
  const { timeS: times } = driverLap;
  let metre = 0;
  while (metre < trackLengthM - 1 && (times[metre + 1] ?? 0) <= timeS) metre += 1;
  const start = times[metre] ?? 0;
  const end = times[metre + 1] ?? start + 1;
  return metre + (timeS - start) / (end - start);
}

/** The time from the line at which he reaches a place. */
export const timeAtS = (lapDistanceM: number) => driverLap.timeS[Math.floor(lapDistanceM)] ?? 0;

/**
 * Fills the snapshot for one moment.
 * @param timeS since the line, less than `drivenLapTimeS`
 */
export function driveTo(into: Snapshot, timeS: number): void {
  const lapDistanceM = distanceAtM(timeS);
  const metre = Math.floor(lapDistanceM);
  into.lapDistanceM = lapDistanceM;
  into.lapLengthM = trackLengthM;
  into.currentLapTimeS = timeS;
  const at = (values: Float64Array) => valueAt(values, lapDistanceM);
  into.speedMps = at(driverLap.speedMps);
  into.gear = gearAt(into.speedMps);
  into.longitudinalAccelMps2 = accelerationAt(metre);
  into.lateralAccelMps2 = lateralAt(lapDistanceM, into.speedMps);
  into.throttle = at(driverLap.throttle);
  into.brake = at(driverLap.brake);
  into.referenceSpeedMps = at(referenceLap.speedMps);
  into.referenceThrottle = at(referenceLap.throttle);
  into.referenceBrake = at(referenceLap.brake);
  into.referenceLapTimeS = lapTimeS(referenceLap);
  into.deltaS = deltaAt(metre);
  into.deltaSlopeSPer50M = deltaAt(metre) - deltaAt(Math.max(0, metre - 50));
  into.predictedLapTimeS = into.referenceLapTimeS + into.deltaS;
  fillBrakePoint(into);
  fillCorner(into);
  into.learnedPasses = -1;
  into.status = statusIndex('coaching');
  into.flags = flagsOf(into);
}

function valueAt(values: Float64Array, lapDistanceM: number): number {
  const metre = Math.floor(lapDistanceM);
  const here = values[metre] ?? 0;
  const next = values[(metre + 1) % trackLengthM] ?? here;
  return here + (next - here) * (lapDistanceM - metre);
}

/** Six gears, evenly spread up to the top speed. */
const gearAt = (speedMps: number) => Math.min(6, Math.max(1, Math.ceil((speedMps - 8) / 11)));

/** Over eight metres: the profile has steps. */
function accelerationAt(metre: number): number {
  const spanM = 8;
  const v = (place: number) => driverLap.speedMps[(place + trackLengthM) % trackLengthM] ?? 0;
  return (v(metre + spanM / 2) ** 2 - v(metre - spanM / 2) ** 2) / (2 * spanM);
}

/** As a corner's curvature rises and falls, at 17 m/s^2 in its middle; left is positive. */
function lateralAt(lapDistanceM: number, speedMps: number): number {
  const corner = syntheticCorners.find(({ startM, endM }) => lapDistanceM >= startM && lapDistanceM < endM);
  if (!corner) return 0;
  const part = (lapDistanceM - corner.startM) / (corner.endM - corner.startM);
  const size =
    17 * Math.sin(Math.PI * part) * Math.min(1, (speedMps / (corner.minSpeedMps ?? speedMps)) ** 2);
  return corner.direction === 'left' ? size : -size;
}

function deltaAt(metre: number): number {
  return (driverLap.timeS[metre] ?? 0) - (referenceLap.timeS[metre] ?? 0);
}

function fillBrakePoint(into: Snapshot): void {
  // A quarter of a second behind the point it still belongs to this zone.
  const pointM = referenceLap.brakeOnsetsM.find((onsetM) => onsetM > into.lapDistanceM - into.speedMps * 0.3);
  into.brakePointM = pointM ?? Number.NaN;
  into.brakeInM = into.brakePointM - into.lapDistanceM;
  into.brakeInS = into.brakeInM / into.speedMps;
  into.beat = beatOf(into.brakeInS);
}

/** Three beats half a second apart, then GO for 0.3 s. */
function beatOf(brakeInS: number): number {
  if (!(brakeInS <= 1.5)) return 0;
  return brakeInS > 0 ? Math.ceil(brakeInS / 0.5) : -1;
}

function fillCorner(into: Snapshot): void {
  const place = into.lapDistanceM;
  into.corner = syntheticCorners.findIndex(({ startM, endM }) => place >= startM && place < endM);
  const inside = syntheticCorners[into.corner];
  into.phase = inside ? (place < inside.minSpeedM - 20 ? 2 : place < inside.minSpeedM + 15 ? 3 : 4) : 0;
  into.nextCorner = syntheticCorners.findIndex(({ startM, kind }) => startM > place && kind !== 'flat');
  const next = syntheticCorners[into.nextCorner];
  into.targetSpeedMps = next?.minSpeedMps ?? Number.NaN;
  into.targetGear = next?.minGear ?? 0;
}

function flagsOf({ corner, brake }: Snapshot): number {
  const { connected, driving, hasReference, deltaValid, brakeCommanded, onStraight } = snapshotFlags;
  const straight = corner < 0 && brake < 0.02 ? onStraight : 0;
  return connected | driving | hasReference | deltaValid | brakeCommanded | straight;
}
