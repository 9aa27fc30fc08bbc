import { type Snapshot, snapshotFlags } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { statusIndex } from '../../scenes/synthetic-drive.ts';

/** The coach learns: no point yet for the next corner. */
export const learning = (passes: number) => (snapshot: Snapshot) => {
  snapshot.learnedPasses = passes;
  snapshot.flags = (snapshot.flags & ~snapshotFlags.brakeCommanded) | snapshotFlags.referenceRough;
  snapshot.status = statusIndex('learning');
  snapshot.beat = 0;
  for (const name of ['brakePointM', 'brakeInM', 'brakeInS'] as const) snapshot[name] = Number.NaN;
};

/** The reference brakes at 2296 m; at 74 m/s a beat is 37 m. */
export const scenes: Scene[] = [
  { name: 'rest', play: (tape) => tape.connect().drive(2050) },
  { name: 'approach', play: (tape) => tape.connect().drive(2150) },
  { name: 'beat-3', play: (tape) => tape.connect().drive(2200) },
  { name: 'beat-2', play: (tape) => tape.connect().drive(2236) },
  { name: 'beat-1', play: (tape) => tape.connect().drive(2270) },
  { name: 'go-flash', play: (tape) => tape.connect().drive(2298) },
  { name: 'go', play: (tape) => tape.connect().drive(2308) },
  {
    name: 'shown-not-commanded',
    play: (tape) =>
      tape.connect().drive(2236, 4.5, (snapshot) => {
        snapshot.flags &= ~snapshotFlags.brakeCommanded;
        snapshot.beat = 0;
      }),
  },
  {
    name: 'learning-1-of-3',
    play: (tape) => tape.connect().drive(2150, 4.5, learning(1)),
  },
  {
    name: 'learning-2-of-3',
    play: (tape) => tape.connect().drive(2150, 4.5, learning(2)),
  },
];
