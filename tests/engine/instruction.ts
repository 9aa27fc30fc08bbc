/** What tells a driver how to drive, in everything that leaves the engine: what the rules of a race forbid. */
import { type CoachEvent, type HubReference, type Snapshot, snapshotFlags } from '@racing-coach/contract';

export function snapshotInstructs(snapshot: Snapshot): boolean {
  const { brakePointM, brakeInM, brakeInS, targetSpeedMps } = snapshot;
  const { referenceSpeedMps, referenceThrottle, referenceBrake } = snapshot;
  const numbers = [
    brakePointM,
    brakeInM,
    brakeInS,
    targetSpeedMps,
    referenceSpeedMps,
    referenceThrottle,
    referenceBrake,
  ];
  const { beat, targetGear, referenceGear, flags } = snapshot;
  return (
    numbers.some((number) => !Number.isNaN(number)) ||
    [beat, targetGear, referenceGear].some((number) => number !== 0) ||
    (flags & snapshotFlags.brakeCommanded) !== 0
  );
}

export function eventInstructs(event: CoachEvent): boolean {
  if (event.type === 'cue') return event.kind !== 'safety';
  if (event.type !== 'corner') return false;
  return event.show || event.referenceMinSpeedMps !== null || event.referenceBrakeOnsetM !== null;
}

export function referenceInstructs({ brakeZones, corners, trace }: HubReference): boolean {
  const traces = [trace.throttle, trace.brake, trace.speedMps];
  const aims = corners.some(({ minSpeedMps, minGear }) => minSpeedMps !== null || minGear !== null);
  return brakeZones.length > 0 || aims || traces.some((values) => values.length > 0);
}
