/** A race as the engine tells it where the rules forbid live instruction. */
import type { RulesMessage, Snapshot } from '@racing-coach/contract';
import { snapshotFlags } from '@racing-coach/contract';
import { statusIndex } from './synthetic-drive.ts';

export const raceRules: RulesMessage = { type: 'rules', raceLegal: true, why: 'This is a race.' };

const withheld = [
  'brakePointM',
  'brakeInM',
  'brakeInS',
  'targetSpeedMps',
  'referenceSpeedMps',
  'referenceThrottle',
  'referenceBrake',
] as const;

/** Takes out what the core withholds there. */
export function underRaceRules(snapshot: Snapshot): void {
  snapshot.status = statusIndex('race-rules');
  snapshot.flags &= ~snapshotFlags.brakeCommanded;
  for (const name of withheld) snapshot[name] = Number.NaN;
  [snapshot.beat, snapshot.targetGear, snapshot.referenceGear] = [0, 0, 0];
}
