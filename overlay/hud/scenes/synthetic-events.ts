/** Events for scenes and tests. */
import type { CornerEvent, CueEvent } from '@racing-coach/contract';

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

/** Words of the coach. */
export function cueEvent(kind: CueEvent['kind'], words: string): CueEvent {
  return {
    type: 'cue',
    sample: 0,
    sessionTimeS: 0,
    lap: 3,
    stint: 1,
    lapDistanceM: 0,
    kind,
    code: 'advice',
    cornerId: null,
    priority: 30,
    words,
    targetM: null,
    leadM: null,
    evidence: {},
  };
}
