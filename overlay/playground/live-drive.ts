/** The made-up lap in real time, round and round, with its verdicts: how the HUD moves. */
import { emptySnapshot, snapshotBytes, snapshotFlags, writeSnapshot } from '@racing-coach/contract';
import { HudState } from '../hud/hud-state.ts';
import { sessionBoard } from '../hud/scenes/session-board.ts';
import { drivenLapTimeS, driveTo } from '../hud/scenes/synthetic-drive.ts';
import { cornerEvent } from '../hud/scenes/synthetic-events.ts';
import { syntheticReference } from '../hud/scenes/synthetic-lap.ts';
import type { HudSetup } from '../hud/setup.ts';
import type { Stage } from '../hud/stage.ts';

const tickMs = 1000 / 60;
const worthShowingS = 0.05;

export function driveForever(stage: Stage, setup: HudSetup): void {
  const state = new HudState();
  state.setup = setup;
  const snapshot = emptySnapshot();
  const reference = syntheticReference();
  let corner = -1;
  let cornerDeltaS = 0;
  state.setLink('open');
  state.take({ type: 'reference', reference }, performance.now());
  for (const message of sessionBoard) state.take(message, performance.now());

  setInterval(() => {
    const nowMs = performance.now();
    const before = snapshot.lapDistanceM;
    driveTo(snapshot, (nowMs / 1000) % drivenLapTimeS);
    if (snapshot.lapDistanceM < before) snapshot.flags |= snapshotFlags.snap;
    snapshot.sequence += 1;
    snapshot.sample = Math.round(nowMs / tickMs);
    snapshot.sessionTimeS = nowMs / 1000;
    snapshot.readAtMs = nowMs;
    if (snapshot.corner !== corner) {
      const left = reference.corners[corner];
      const deltaS = snapshot.deltaS - cornerDeltaS;
      if (left && Math.abs(deltaS) >= worthShowingS)
        state.take({ type: 'event', event: cornerEvent(left.id, deltaS) }, nowMs);
      if (snapshot.corner >= 0) cornerDeltaS = snapshot.deltaS;
      corner = snapshot.corner;
    }
    const bytes = new ArrayBuffer(snapshotBytes);
    writeSnapshot(new DataView(bytes), snapshot);
    state.takeSnapshot(bytes, nowMs);
  }, tickMs);

  const frame = () => {
    stage.update(state.frameAt(performance.now()));
    stage.render();
    requestAnimationFrame(frame);
  };
  frame();
}
