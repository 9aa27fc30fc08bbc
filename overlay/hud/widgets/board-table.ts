/** How the widgets about what changes slowly are made: laps, fuel, tyres, cars around, the map. */
import type { WidgetName } from '../places.ts';
import { blankConsistency, ConsistencyPresenter } from './consistency/model.ts';
import { ConsistencyView } from './consistency/view.ts';
import { blankFuel, FuelPresenter } from './fuel/model.ts';
import { FuelView } from './fuel/view.ts';
import { blankLapList, LapListPresenter } from './lap-list/model.ts';
import { LapListView } from './lap-list/view.ts';
import { blankRelative, RelativePresenter } from './relative/model.ts';
import { RelativeView } from './relative/view.ts';
import { blankTrackMap, TrackMapPresenter } from './track-map/model.ts';
import { TrackMapView } from './track-map/view.ts';
import { blankTyres, TyresPresenter } from './tyres/model.ts';
import { TyresView } from './tyres/view.ts';
import { type Widget, widget } from './widget.ts';

export const boardMakers = {
  trackMap: () => {
    const map = new TrackMapPresenter();
    return widget('trackMap', map, blankTrackMap, (kit, root) => new TrackMapView(kit, root, map));
  },
  lapList: () => widget('lapList', new LapListPresenter(), blankLapList, (...at) => new LapListView(...at)),
  consistency: () =>
    widget(
      'consistency',
      new ConsistencyPresenter(),
      blankConsistency,
      (...at) => new ConsistencyView(...at),
    ),
  fuel: () => widget('fuel', new FuelPresenter(), blankFuel, (...at) => new FuelView(...at)),
  tyres: () => widget('tyres', new TyresPresenter(), blankTyres, (...at) => new TyresView(...at)),
  relative: () =>
    widget('relative', new RelativePresenter(), blankRelative, (...at) => new RelativeView(...at)),
} satisfies Partial<Record<WidgetName, () => Widget>>;
