/**
 * Draws a widget as the HUD would with given settings, into a picture: the settings page shows what an option does before anybody drives. A bundle of
 * its own, so that the page is there before the graphics are.
 */
import 'pixi.js/unsafe-eval';
import { type OverlayWidgetName, overlayWidgets, type SettingsMessage } from '@racing-coach/contract';
import type { StageSize } from '../hud/layout.ts';
import { type Scene, SceneTape } from '../hud/scenes/scene-tape.ts';
import { widgetScenes } from '../hud/scenes/table.ts';
import { type HudSetup, hudSetup } from '../hud/setup.ts';
import { loadFonts, Stage } from '../hud/stage.ts';

/** The telling moment of a widget; the first of its scenes where none is named. */
const moments: Partial<Record<OverlayWidgetName, string>> = {
  brakeMarker: 'beat-2',
  cornerCard: 'next-right',
  cornerStrip: 'half-a-lap',
  deltaBar: 'behind-losing',
  gForce: 'braking',
  speedGear: 'in-corner',
  verdict: 'loss',
  pedalTrace: 'braking',
  status: 'no-reference',
};

/** No wider than a card of the page. */
const mostWidth = 600;

const sizes = new Map(
  overlayWidgets.map(({ name, width, height }) => [name as OverlayWidgetName, { width, height }]),
);

function sizeOf(name: OverlayWidgetName): StageSize {
  const { width, height } = sizes.get(name) ?? { width: 1, height: 1 };
  const scale = Math.min(1, mostWidth / width);
  const box = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  return {
    ...box,
    devicePixelRatio: window.devicePixelRatio,
    region: {
      stage: box,
      region: { x: 0, y: 0, ...box },
      layout: [{ name, x: 0, y: 0, scale }],
      background: null,
      hub: null,
    },
  };
}

function sceneOf(name: OverlayWidgetName): Scene {
  const scenes: readonly Scene[] = widgetScenes[name] ?? [];
  const scene = scenes.find((one) => one.name === moments[name]) ?? scenes[0];
  if (scene === undefined) throw new Error(`There is no scene of ${name}.`);
  return scene;
}

/** One after the other: they share the graphics, of which a page has only so much. */
let last: Promise<unknown> = Promise.resolve();
/** In no page: only what is drawn in it is taken out. */
const host = document.createElement('div');

/** Resolves to a `data:` address of a transparent picture; rejects where there are no graphics. */
export function drawPreview(name: OverlayWidgetName, { look, widgets }: SettingsMessage): Promise<string> {
  const setup = hudSetup({ look: { ...look, motion: 'reduced' }, widgets, shown: [name] });
  const next = last.then(() => draw(name, setup));
  last = next.catch(() => undefined);
  return next;
}

/** One for all pictures: the graphics contexts of a page are few, and one that was given up is not free at once. */
let stage: Stage | null = null;

async function stageFor(name: OverlayWidgetName, setup: HudSetup): Promise<Stage> {
  if (stage?.alive === true) await stage.change(setup, [name], sizeOf(name));
  else {
    stage?.destroy();
    stage = await Stage.create(host, sizeOf(name), setup, [name]);
  }
  return stage;
}

async function draw(name: OverlayWidgetName, setup: HudSetup): Promise<string> {
  await loadFonts();
  const drawn = await stageFor(name, setup);
  sceneOf(name).play(new SceneTape((frame) => drawn.update(frame), setup));
  drawn.render();
  const canvas = host.querySelector('canvas');
  if (canvas === null || !drawn.alive) throw new Error('Nothing was drawn.');
  // In the same task as the drawing: afterwards the browser may have cleared it.
  return canvas.toDataURL();
}
