/** Every named scene of every widget, and the whole HUD's. */

import type { WidgetName } from '../places.ts';
import { scenes as brakeMarker } from '../widgets/brake-marker/scenes.ts';
import { scenes as coachLine } from '../widgets/coach-line/scenes.ts';
import { scenes as cornerCard } from '../widgets/corner-card/scenes.ts';
import { scenes as cornerStrip } from '../widgets/corner-strip/scenes.ts';
import { scenes as deltaBar } from '../widgets/delta-bar/scenes.ts';
import { scenes as gForce } from '../widgets/g-force/scenes.ts';
import { scenes as pedalTrace } from '../widgets/pedal-trace/scenes.ts';
import { scenes as predictedLap } from '../widgets/predicted-lap/scenes.ts';
import { scenes as radar } from '../widgets/radar/scenes.ts';
import { scenes as speedGear } from '../widgets/speed-gear/scenes.ts';
import { scenes as status } from '../widgets/status/scenes.ts';
import { scenes as verdict } from '../widgets/verdict/scenes.ts';
import { boardScenes } from './board-table.ts';
import type { Scene } from './scene-tape.ts';
import { scenes as whole } from './whole.ts';

export const widgetScenes: Record<WidgetName, Scene[]> = {
  brakeMarker,
  deltaBar,
  cornerCard,
  verdict,
  pedalTrace,
  status,
  predictedLap,
  speedGear,
  coachLine,
  radar,
  gForce,
  cornerStrip,
  ...boardScenes,
};
export const wholeScenes = whole;
