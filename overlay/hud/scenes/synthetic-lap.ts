/** A lap on the made-up circuit as the engine would describe it: pedals, times and the reference message. */
import type { HubReference } from '@racing-coach/contract';
import { type Driving, speedProfile, syntheticCorners, trackLengthM } from './synthetic-track.ts';

export interface SyntheticLap {
  /** One value a metre. */
  speedMps: Float64Array;
  throttle: Float64Array;
  brake: Float64Array;
  /** Time from the line to each metre; one value more than metres, the last is the lap time. */
  timeS: Float64Array;
  /** Where the brake goes on. */
  brakeOnsetsM: number[];
}

/** Pedals move no faster than feet do: full in 14 m, off over 55 m, throttle on over 30 m. */
const brakeOnPerM = 1 / 14;
const brakeOffPerM = 1 / 55;
const throttleOnPerM = 1 / 30;
const throttleOffPerM = 1 / 8;

export function syntheticLap(driving: Driving): SyntheticLap {
  const speedMps = speedProfile(driving);
  const brake = new Float64Array(trackLengthM);
  const throttle = new Float64Array(trackLengthM);
  const timeS = new Float64Array(trackLengthM + 1);
  for (let metre = 0; metre < trackLengthM; metre += 1) {
    const v = speedMps[metre] ?? 0;
    const next = speedMps[(metre + 1) % trackLengthM] ?? 0;
    const accelerationMps2 = (next * next - v * v) / 2;
    const wantedBrake = Math.max(0, Math.min(0.94, -accelerationMps2 / (driving.decelerationMps2 + 4)));
    const wantedThrottle = accelerationMps2 > 0.3 || v > 73.9 ? 1 : accelerationMps2 < -1 ? 0 : 0.25;
    brake[metre] = approach(brake[metre - 1] ?? 0, wantedBrake, brakeOnPerM, brakeOffPerM);
    throttle[metre] = approach(throttle[metre - 1] ?? 1, wantedThrottle, throttleOnPerM, throttleOffPerM);
    timeS[metre + 1] = (timeS[metre] ?? 0) + 2 / (v + next);
  }
  return { speedMps, throttle, brake, timeS, brakeOnsetsM: onsets(brake) };
}

function approach(value: number, wanted: number, up: number, down: number): number {
  return wanted > value ? Math.min(wanted, value + up) : Math.max(wanted, value - down);
}

function onsets(brake: Float64Array): number[] {
  return [...brake.keys()].filter((metre) => (brake[metre] ?? 0) > 0.05 && (brake[metre - 1] ?? 0) <= 0.05);
}

export const referenceLap = syntheticLap({ minSpeedChangeMps: () => 0, decelerationMps2: 15 });
/** Over-slows some corners, is quicker through two. */
export const driverLap = syntheticLap({
  minSpeedChangeMps: (corner) => [-0.9, 0.9, -0.4, -1.4, 0, 1.1, -0.6][corner] ?? 0,
  decelerationMps2: 13.4,
});

export const lapTimeS = (lap: SyntheticLap) => lap.timeS[trackLengthM] ?? Number.NaN;

/** The hub's message about the reference; every two metres, as an engine might thin it. */
export function syntheticReference(): HubReference {
  const stepM = 2;
  const thinned = (values: Float64Array) => Array.from(values).filter((_, metre) => metre % stepM === 0);
  return {
    label: 'Best of this session',
    own: true,
    lapTimeS: lapTimeS(referenceLap),
    lengthM: trackLengthM,
    corners: syntheticCorners,
    brakeZones: referenceLap.brakeOnsetsM.map((startM) => ({ startM, endM: startM + 90, peakBrake: 0.9 })),
    trace: {
      stepM,
      throttle: thinned(referenceLap.throttle),
      brake: thinned(referenceLap.brake),
      speedMps: thinned(referenceLap.speedMps),
    },
  };
}
