/** How every widget is made. */
import { overlayWidgetNames } from '@racing-coach/contract';
import type { WidgetName } from '../places.ts';
import { boardMakers } from './board-table.ts';
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

/** Presenters and views with nothing between them. */
const makers: Partial<Record<WidgetName, () => Widget>> = {
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
  ...boardMakers,
};

/** New ones of these names, in drawing order. */
export const createWidgets = (names: readonly WidgetName[]): Widget[] =>
  overlayWidgetNames.filter((name) => names.includes(name)).flatMap((name) => makers[name]?.() ?? []);
