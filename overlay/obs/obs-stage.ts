/** The HUD's stage in an arrangement of this page: places for the size of the source, and another arrangement when that changes. */
import { overlayWidgetNames } from '@racing-coach/contract';
import type { StageSize } from '../hud/layout.ts';
import type { HudSetup } from '../hud/setup.ts';
import { Stage } from '../hud/stage.ts';
import { createWidgets } from '../hud/widgets/table.ts';
import { arrange, type ObsTable, type Size } from './arrangement.ts';
import type { Told } from './told.ts';

const drawable = new Set(createWidgets(overlayWidgetNames).map(({ name }) => name));

/** What the stage is told: the source is the whole display, and the arrangement says where each widget sits. */
export function stageSize(table: ObsTable, source: Size, devicePixelRatio: number, told: Told): StageSize {
  const { width, height } = source;
  const layout = arrange(table, source, (name) => drawable.has(name) && told.has(name));
  const region = {
    stage: { width, height },
    region: { x: 0, y: 0, width, height },
    layout,
    background: null,
    hub: null,
  };
  return { width, height, devicePixelRatio, region };
}

export const namesOf = ({ region }: StageSize) => region?.layout.map(({ name }) => name) ?? [];

export const createObsStage = (into: HTMLElement, size: StageSize, setup: HudSetup): Promise<Stage> =>
  Stage.create(into, size, setup, namesOf(size));
