/** Events for scenes and tests. */
import type { CornerEvent } from '@racing-coach/contract';

/** A verdict that the core wants shown. */
export function cornerEvent(cornerId: string, deltaS: number): CornerEvent {
  return {
    type: 'corner',
    sample: 0,
    sessionTimeS: 0,
    lap: 3,
    stint: 1,
    lapDistanceM: 0,
    cornerId,
    deltaS,
    spreadS: 0.05,
    usable: true,
    show: true,
    minSpeedMps: 25,
    referenceMinSpeedMps: 26,
    brakeOnsetM: null,
    referenceBrakeOnsetM: null,
    reasons: [],
  };
}
