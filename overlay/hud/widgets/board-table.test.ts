import { expect, test } from 'vitest';
import { emptyBoard, isOfBoard, putOnBoard } from '../board.ts';
import { emptyFrame, type HudFrame } from '../frame.ts';
import type { Presenter } from '../painted.ts';
import { sessionBoard } from '../scenes/session-board.ts';
import { syntheticReference } from '../scenes/synthetic-lap.ts';
import { trackLengthM } from '../scenes/synthetic-track.ts';
import { blankConsistency, ConsistencyPresenter } from './consistency/model.ts';
import { blankFuel, FuelPresenter } from './fuel/model.ts';
import { blankLapList, LapListPresenter } from './lap-list/model.ts';
import { blankRelative, RelativePresenter } from './relative/model.ts';
import { blankTrackMap, TrackMapPresenter } from './track-map/model.ts';
import { blankTyres, TyresPresenter } from './tyres/model.ts';

/** One on which everything is known. */
function knownMoment(): HudFrame {
  const reference = syntheticReference();
  const frame: HudFrame = { ...emptyFrame(), nowMs: 1000, driven: true, reference, lapDistanceM: 640 };
  frame.snapshot.lapLengthM = trackLengthM;
  for (const message of sessionBoard) if (isOfBoard(message)) putOnBoard(frame.board, message);
  return frame;
}

function check<M extends { opacity: number }>(presenter: Presenter<M>, model: M): void {
  const frame = knownMoment();
  presenter.update(frame, model);
  frame.nowMs += 500;
  presenter.update(frame, model);
  const shown = { ...model };
  expect(shown.opacity).toBe(1);
  Object.assign(frame, {
    nowMs: frame.nowMs + 10,
    driven: false,
    board: emptyBoard(),
    lapDistanceM: Number.NaN,
  });
  presenter.update(frame, model);
  frame.nowMs += 60;
  presenter.update(frame, model);
  expect(model.opacity).toBeLessThan(1);
  expect({ ...model, opacity: 1 }).toEqual(shown);
  frame.nowMs += 200;
  presenter.update(frame, model);
  expect(model.opacity).toBe(0);
}

test.each([
  ['trackMap', () => check(new TrackMapPresenter(), blankTrackMap())],
  ['lapList', () => check(new LapListPresenter(), blankLapList())],
  ['consistency', () => check(new ConsistencyPresenter(), blankConsistency())],
  ['fuel', () => check(new FuelPresenter(), blankFuel())],
  ['tyres', () => check(new TyresPresenter(), blankTyres())],
  ['relative', () => check(new RelativePresenter(), blankRelative())],
] as const)('%s leaves when nobody drives, and keeps what it showed while it fades', (_, run) => run());
