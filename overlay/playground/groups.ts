/** The groups of scenes: a widget alone, the HUD as it is shown at first, every widget at once, and each layout of OBS. */
import { type ObsLayout, obsLayouts, overlayWidgetNames } from '@racing-coach/contract';
import type { StageSize } from '../hud/layout.ts';
import type { WidgetName } from '../hud/places.ts';
import type { Scene } from '../hud/scenes/scene-tape.ts';
import { sessionBoard } from '../hud/scenes/session-board.ts';
import { wholeScenes, widgetScenes } from '../hud/scenes/table.ts';
import { defaultSetup } from '../hud/setup.ts';
import { obsTables } from '../obs/layouts.ts';
import { namesOf, stageSize } from '../obs/obs-stage.ts';
import { Told } from '../obs/told.ts';

export const groups: Readonly<Record<string, readonly Scene[]>> = {
  whole: wholeScenes,
  all: wholeScenes,
  ...widgetScenes,
  ...Object.fromEntries(obsLayouts.map((layout) => [`obs-${layout}`, wholeScenes])),
};

const layoutOf = (group: string): ObsLayout | undefined =>
  obsLayouts.find((layout) => group === `obs-${layout}`);

/** The stage of a group in this window. */
export function sizeOf(group: string): StageSize {
  const { innerWidth: width, innerHeight: height, devicePixelRatio } = window;
  const layout = layoutOf(group);
  return layout === undefined
    ? { width, height, devicePixelRatio }
    : stageSize(obsTables[layout], { width, height }, devicePixelRatio, toldToViewers());
}

/** Which widgets a group of scenes shows. */
export function shownIn(group: string): readonly WidgetName[] {
  if (group === 'whole') return defaultSetup.shown;
  if (group === 'all') return overlayWidgetNames;
  return layoutOf(group) === undefined ? [group as WidgetName] : namesOf(sizeOf(group));
}

/** What viewers are told unless the driver lets them know more. */
function toldToViewers(): Told {
  const told = new Told();
  for (const message of sessionBoard)
    if (message.type !== 'fuel' && message.type !== 'tyres') told.take(message);
  return told;
}
