/** Every widget over two laps of a scripted session, without drawing: its view is asked to draw when a value changed, and then only. */
import {
  type OverlayWidgetName,
  overlayWidgetNames,
  snapshotBytes,
  writeSnapshot,
} from '@racing-coach/contract';
import { beforeAll, expect, test } from 'vitest';
import type { HudFrame } from '../frame.ts';
import { HudState } from '../hud-state.ts';
import { Painted, type Presenter } from '../painted.ts';
import { ScriptedSession, ticksASecond } from '../scenes/scripted-session.ts';
import { drivenLapTimeS } from '../scenes/synthetic-drive.ts';
import { syntheticReference } from '../scenes/synthetic-lap.ts';
import { BrakeMarkerPresenter, blankBrakeMarker } from './brake-marker/model.ts';
import { blankCoachLine, CoachLinePresenter } from './coach-line/model.ts';
import { blankConsistency, ConsistencyPresenter } from './consistency/model.ts';
import { blankCornerCard, CornerCardPresenter } from './corner-card/model.ts';
import { blankCornerStrip, CornerStripPresenter } from './corner-strip/model.ts';
import { blankDeltaBar, DeltaBarPresenter } from './delta-bar/model.ts';
import { blankFuel, FuelPresenter } from './fuel/model.ts';
import { blankGForce, GForcePresenter } from './g-force/model.ts';
import { blankLapList, LapListPresenter } from './lap-list/model.ts';
import { blankPedalTrace, PedalTracePresenter } from './pedal-trace/model.ts';
import { blankPredictedLap, PredictedLapPresenter } from './predicted-lap/model.ts';
import { blankRadar, RadarPresenter } from './radar/model.ts';
import { blankRelative, RelativePresenter } from './relative/model.ts';
import { blankSpeedGear, SpeedGearPresenter } from './speed-gear/model.ts';
import { blankStatus, StatusPresenter } from './status/model.ts';
import { blankTrackMap, TrackMapPresenter } from './track-map/model.ts';
import { blankTyres, TyresPresenter } from './tyres/model.ts';
import { blankVerdict, VerdictPresenter } from './verdict/model.ts';

const laps = 2;
const tickMs = 1000 / ticksASecond;
/** Steps of a fade and of what appears with it. */
const fadeDraws = 16;

/** A widget without its view: counts how often it would be drawn. */
class Counted {
  draws = 0;
  readonly #painted: { update(frame: HudFrame): boolean };

  private constructor(painted: { update(frame: HudFrame): boolean }) {
    this.#painted = painted;
  }

  static of<M extends object>(presenter: Presenter<M>, blank: () => M): Counted {
    const painted = new Painted(presenter, blank);
    const counted = new Counted(painted);
    painted.show({
      draw: () => {
        counted.draws += 1;
      },
    });
    return counted;
  }

  update(frame: HudFrame): boolean {
    return this.#painted.update(frame);
  }
}

const widgets: Record<OverlayWidgetName, Counted> = {
  brakeMarker: Counted.of(new BrakeMarkerPresenter(), blankBrakeMarker),
  coachLine: Counted.of(new CoachLinePresenter(), blankCoachLine),
  consistency: Counted.of(new ConsistencyPresenter(), blankConsistency),
  cornerCard: Counted.of(new CornerCardPresenter(), blankCornerCard),
  cornerStrip: Counted.of(new CornerStripPresenter(), blankCornerStrip),
  deltaBar: Counted.of(new DeltaBarPresenter(), blankDeltaBar),
  fuel: Counted.of(new FuelPresenter(), blankFuel),
  gForce: Counted.of(new GForcePresenter(), blankGForce),
  lapList: Counted.of(new LapListPresenter(), blankLapList),
  pedalTrace: Counted.of(new PedalTracePresenter(), blankPedalTrace),
  predictedLap: Counted.of(new PredictedLapPresenter(), blankPredictedLap),
  radar: Counted.of(new RadarPresenter(), blankRadar),
  relative: Counted.of(new RelativePresenter(), blankRelative),
  speedGear: Counted.of(new SpeedGearPresenter(), blankSpeedGear),
  status: Counted.of(new StatusPresenter(), blankStatus),
  trackMap: Counted.of(new TrackMapPresenter(), blankTrackMap),
  tyres: Counted.of(new TyresPresenter(), blankTyres),
  verdict: Counted.of(new VerdictPresenter(), blankVerdict),
};
const told = new Map<string, number>();
const drawnAgain: string[] = [];
const ticks = Math.ceil(laps * drivenLapTimeS * ticksASecond);

beforeAll(() => {
  const state = new HudState();
  const session = new ScriptedSession();
  const bytes = new ArrayBuffer(snapshotBytes);
  state.setLink('open');
  state.take({ type: 'reference', reference: syntheticReference() }, 0);
  for (let tick = 0; tick < ticks; tick += 1) {
    const nowMs = tick * tickMs;
    for (const message of session.next()) {
      told.set(message.type, (told.get(message.type) ?? 0) + 1);
      state.take(message, nowMs);
    }
    session.snapshot.readAtMs = nowMs;
    writeSnapshot(new DataView(bytes), session.snapshot);
    state.takeSnapshot(bytes, nowMs);
    const frame = state.frameAt(nowMs);
    for (const name of overlayWidgetNames) {
      widgets[name].update(frame);
      if (widgets[name].update(frame)) drawnAgain.push(`${name} at ${nowMs} ms`);
    }
  }
});

test('the same moment twice is drawn once', () => {
  expect(drawnAgain).toEqual([]);
});

test('every widget had something to draw', () => {
  // The status says nothing while all goes well.
  expect(overlayWidgetNames.filter((name) => widgets[name].draws <= 2)).toEqual(['status']);
});

test.each([
  ['fuel', 'fuel'],
  ['lapList', 'laps'],
  ['consistency', 'laps'],
  ['relative', 'relative'],
  ['tyres', 'tyres'],
] as const)('%s is drawn no oftener than it is told something new', (name, type) => {
  expect(widgets[name].draws).toBeLessThanOrEqual((told.get(type) ?? 0) + fadeDraws);
});

test.each([
  ['predictedLap', 2 * 10],
  ['speedGear', 10 + 5],
  ['cornerCard', 2],
  ['cornerStrip', 1],
  ['verdict', 4],
  ['coachLine', 2],
  ['radar', 1],
  ['trackMap', 45],
  ['status', 1],
] as const)('%s is drawn at most %d times a second', (name, mostASecond) => {
  expect(widgets[name].draws).toBeLessThanOrEqual((ticks / ticksASecond) * mostASecond);
});
