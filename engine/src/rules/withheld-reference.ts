/** The reference as a page may have it where the rules forbid live instruction: where the corners are, and how long the lap took. */
import type { HubReference } from '@racing-coach/contract';

/** Without brake zones, without the pedals and speed to come, and without the corners' target speeds and gears. */
export function withheldReference(reference: HubReference): HubReference {
  return {
    ...reference,
    corners: reference.corners.map((corner) => ({ ...corner, minSpeedMps: null, minGear: null })),
    brakeZones: [],
    trace: { stepM: reference.trace.stepM, throttle: [], brake: [], speedMps: [] },
  };
}
