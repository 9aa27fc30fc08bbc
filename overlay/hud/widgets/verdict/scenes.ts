import { snapshotFlags } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { cornerEvent } from '../../scenes/synthetic-events.ts';

const verdict = (name: string, cornerId: string, deltaS: number): Scene => ({
  name,
  play: (tape) =>
    tape
      .connect()
      .event(cornerEvent(cornerId, deltaS))
      .drive(300, 0.5, (snapshot) => {
        snapshot.flags |= snapshotFlags.onStraight;
      }),
});

export const scenes: Scene[] = [
  verdict('loss', 't4', 0.18),
  verdict('gain', 't6', -0.07),
  verdict('large-loss', 't2', 11.4),
  verdict('unknown-corner', 't12', 0.24),
];
