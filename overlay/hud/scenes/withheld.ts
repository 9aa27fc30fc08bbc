/** What a page has where the rules of the session forbid live instruction, as the core and the engine send it. */
import { type HubReference, type Snapshot, snapshotFlags } from '@racing-coach/contract';
import { statusIndex } from './synthetic-drive.ts';

export function withhold(snapshot: Snapshot): void {
  snapshot.flags &= ~snapshotFlags.brakeCommanded;
  snapshot.status = statusIndex('race-rules');
  snapshot.beat = 0;
  snapshot.targetGear = 0;
  snapshot.referenceGear = 0;
  for (const name of ['brakePointM', 'brakeInM', 'brakeInS', 'targetSpeedMps'] as const)
    snapshot[name] = Number.NaN;
  for (const name of ['referenceSpeedMps', 'referenceThrottle', 'referenceBrake'] as const)
    snapshot[name] = Number.NaN;
}

export const withheldReference = (reference: HubReference): HubReference => ({
  ...reference,
  corners: reference.corners.map((corner) => ({ ...corner, minSpeedMps: null, minGear: null })),
  brakeZones: [],
  trace: { stepM: reference.trace.stepM, throttle: [], brake: [], speedMps: [] },
});
