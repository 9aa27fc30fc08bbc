/**
 * Every scene without an engine: `?scene=whole/countdown&backdrop=bright`, `?scene=brakeMarker/beat-1` (that widget alone), `?scene=all/turning` (every widget);
 * `theme=`, `language=` and `units=` change the look; `?drive=1` plays a lap in real time. Without a scene it lists them.
 */
import '../link/strict-page.ts';
import 'pixi.js/unsafe-eval';
import { type LookSettings, lookSettings, overlayWidgetNames } from '@racing-coach/contract';
import type { WidgetName } from '../hud/places.ts';
import { type Scene, SceneTape, sceneSetup } from '../hud/scenes/scene-tape.ts';
import { sessionBoard } from '../hud/scenes/session-board.ts';
import { wholeScenes, widgetScenes } from '../hud/scenes/table.ts';
import { defaultSetup, type HudSetup } from '../hud/setup.ts';
import { loadFonts, Stage } from '../hud/stage.ts';
import { listScenes } from './index-page.ts';
import { driveForever } from './live-drive.ts';
import { StressRun } from './stress.ts';

const groups: Readonly<Record<string, readonly Scene[]>> = {
  whole: wholeScenes,
  all: wholeScenes,
  ...widgetScenes,
};
const parameters = new URLSearchParams(location.search);

/** Which widgets a group of scenes shows. */
function shownIn(group: string): readonly WidgetName[] {
  if (group === 'whole') return defaultSetup.shown;
  return group === 'all' ? overlayWidgetNames : [group as WidgetName];
}

let stage: Stage | null = null;

async function makeStage(setup: HudSetup): Promise<Stage> {
  await loadFonts();
  const { innerWidth: width, innerHeight: height, devicePixelRatio } = window;
  stage?.destroy();
  stage = await Stage.create(document.body, { width, height, devicePixelRatio }, setup, setup.shown);
  return stage;
}

/** Draws one scene; the page is good for any number of them, one after the other. */
async function showScene(path: string, backdrop: string, look: Partial<LookSettings> = {}): Promise<void> {
  const [group = '', name] = path.split('/');
  const scene = groups[group]?.find((one) => one.name === name);
  if (!scene) throw new Error(`There is no scene ${path}.`);
  document.body.dataset['backdrop'] = backdrop;
  const setup = sceneSetup(scene, shownIn(group), look);
  const shown = await makeStage(setup);
  const tape = new SceneTape((frame) => shown.update(frame), setup);
  if (group === 'all') for (const message of sessionBoard) tape.say(message);
  scene.play(tape);
  shown.render();
}

/** The look that the address asks for. */
function lookOfAddress(): Partial<LookSettings> {
  const keys = (['theme', 'language', 'units'] as const).filter((key) => parameters.has(key));
  const given = Object.fromEntries(keys.map((key) => [key, parameters.get(key)]));
  const look = lookSettings.parse(given);
  return Object.fromEntries(keys.map((key) => [key, look[key]]));
}

Object.assign(window, {
  __showScene: showScene,
  __alive: () => stage?.alive ?? false,
  __stress: (seed: number) => new StressRun(seed),
});
const scene = parameters.get('scene');
const backdrop = parameters.get('backdrop') ?? '';
document.body.dataset['backdrop'] = backdrop;
if (scene !== null) await showScene(scene, backdrop, lookOfAddress());
else if (parameters.has('drive')) {
  const setup = sceneSetup({ name: 'drive', play: () => {} }, shownIn('all'), lookOfAddress());
  driveForever(await makeStage(setup), setup);
} else if (!parameters.has('bare')) listScenes(groups);
