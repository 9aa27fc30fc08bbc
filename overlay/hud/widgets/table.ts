/** Every widget of the HUD, in drawing order. */
import { BrakeMarkerPresenter, blankBrakeMarker } from './brake-marker/model.ts';
import { BrakeMarkerView } from './brake-marker/view.ts';
import { blankCornerCard, CornerCardPresenter } from './corner-card/model.ts';
import { CornerCardView } from './corner-card/view.ts';
import { blankDeltaBar, DeltaBarPresenter } from './delta-bar/model.ts';
import { DeltaBarView } from './delta-bar/view.ts';
import { blankPedalTrace, PedalTracePresenter } from './pedal-trace/model.ts';
import { PedalTraceView } from './pedal-trace/view.ts';
import { blankStatus, StatusPresenter } from './status/model.ts';
import { StatusView } from './status/view.ts';
import { blankVerdict, VerdictPresenter } from './verdict/model.ts';
import { VerdictView } from './verdict/view.ts';
import { type Widget, widget } from './widget.ts';

export function createWidgets(): Widget[] {
  const trace = new PedalTracePresenter();
  return [
    widget('pedalTrace', trace, blankPedalTrace, (kit, root) => new PedalTraceView(kit, root, trace)),
    widget(
      'cornerCard',
      new CornerCardPresenter(),
      blankCornerCard,
      (kit, root) => new CornerCardView(kit, root),
    ),
    widget('deltaBar', new DeltaBarPresenter(), blankDeltaBar, (kit, root) => new DeltaBarView(kit, root)),
    widget('status', new StatusPresenter(), blankStatus, (kit, root) => new StatusView(kit, root)),
    widget('verdict', new VerdictPresenter(), blankVerdict, (kit, root) => new VerdictView(kit, root)),
    widget(
      'brakeMarker',
      new BrakeMarkerPresenter(),
      blankBrakeMarker,
      (kit, root) => new BrakeMarkerView(kit, root),
    ),
  ];
}
