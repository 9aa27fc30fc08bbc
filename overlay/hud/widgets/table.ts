/** How every widget is made. */
import { overlayWidgetNames } from '@racing-coach/contract';
import type { WidgetName } from '../places.ts';
import { boardMakers } from './board-table.ts';
import { BrakeMarkerPresenter, blankBrakeMarker } from './brake-marker/model.ts';
import { BrakeMarkerView } from './brake-marker/view.ts';
import { blankCoachLine, CoachLinePresenter } from './coach-line/model.ts';
import { CoachLineView } from './coach-line/view.ts';
import { blankCornerCard, CornerCardPresenter } from './corner-card/model.ts';
import { CornerCardView } from './corner-card/view.ts';
import { blankCornerStrip, CornerStripPresenter } from './corner-strip/model.ts';
import { CornerStripView } from './corner-strip/view.ts';
import { blankDeltaBar, DeltaBarPresenter } from './delta-bar/model.ts';
import { DeltaBarView } from './delta-bar/view.ts';
import { blankGForce, GForcePresenter } from './g-force/model.ts';
import { GForceView } from './g-force/view.ts';
import { blankPedalTrace, PedalTracePresenter } from './pedal-trace/model.ts';
import { PedalTraceView } from './pedal-trace/view.ts';
import { blankPredictedLap, PredictedLapPresenter } from './predicted-lap/model.ts';
import { PredictedLapView } from './predicted-lap/view.ts';
import { blankRadar, RadarPresenter } from './radar/model.ts';
import { RadarView } from './radar/view.ts';
import { blankSpeedGear, SpeedGearPresenter } from './speed-gear/model.ts';
import { SpeedGearView } from './speed-gear/view.ts';
import { blankStatus, StatusPresenter } from './status/model.ts';
import { StatusView } from './status/view.ts';
import { blankVerdict, VerdictPresenter } from './verdict/model.ts';
import { VerdictView } from './verdict/view.ts';
import { type Widget, widget } from './widget.ts';

/** Widgets of numbers and words share nothing with their views; those with lines and lists show them their presenter. */
const makers: Record<WidgetName, () => Widget> = {
  pedalTrace: () => {
    const trace = new PedalTracePresenter();
    return widget('pedalTrace', trace, blankPedalTrace, (kit, root) => new PedalTraceView(kit, root, trace));
  },
  cornerCard: () =>
    widget('cornerCard', new CornerCardPresenter(), blankCornerCard, (...at) => new CornerCardView(...at)),
  deltaBar: () =>
    widget('deltaBar', new DeltaBarPresenter(), blankDeltaBar, (...at) => new DeltaBarView(...at)),
  status: () => widget('status', new StatusPresenter(), blankStatus, (...at) => new StatusView(...at)),
  verdict: () => widget('verdict', new VerdictPresenter(), blankVerdict, (...at) => new VerdictView(...at)),
  brakeMarker: () =>
    widget(
      'brakeMarker',
      new BrakeMarkerPresenter(),
      blankBrakeMarker,
      (...at) => new BrakeMarkerView(...at),
    ),
  predictedLap: () =>
    widget(
      'predictedLap',
      new PredictedLapPresenter(),
      blankPredictedLap,
      (...at) => new PredictedLapView(...at),
    ),
  speedGear: () =>
    widget('speedGear', new SpeedGearPresenter(), blankSpeedGear, (...at) => new SpeedGearView(...at)),
  coachLine: () =>
    widget('coachLine', new CoachLinePresenter(), blankCoachLine, (...at) => new CoachLineView(...at)),
  radar: () => widget('radar', new RadarPresenter(), blankRadar, (...at) => new RadarView(...at)),
  gForce: () => {
    const force = new GForcePresenter();
    return widget('gForce', force, blankGForce, (kit, root) => new GForceView(kit, root, force));
  },
  cornerStrip: () => {
    const strip = new CornerStripPresenter();
    return widget(
      'cornerStrip',
      strip,
      blankCornerStrip,
      (kit, root) => new CornerStripView(kit, root, strip),
    );
  },
  ...boardMakers,
};

/** New ones of these names, in drawing order. */
export const createWidgets = (names: readonly WidgetName[]): Widget[] =>
  overlayWidgetNames.filter((name) => names.includes(name)).map((name) => makers[name]());
