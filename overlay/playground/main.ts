/**
 * Every scene without an engine: `?scene=whole/countdown&backdrop=bright`, `?scene=brakeMarker/beat-1` (that widget alone), `?scene=all/turning` (every widget),
 * `?scene=obs-coach/verdict-loss` (as a layout of OBS has it); `theme=`, `language=` and `units=` change the look; `?drive=1` plays a lap in real time. Without a
 * scene it lists them.
 */
import '../link/strict-page.ts';
import 'pixi.js/unsafe-eval';
import { type LookSettings, lookSettings } from '@racing-coach/contract';
import { type Scene, SceneTape, sceneSetup } from '../hud/scenes/scene-tape.ts';
import { sessionBoard } from '../hud/scenes/session-board.ts';
import type { HudSetup } from '../hud/setup.ts';
import { loadFonts, Stage } from '../hud/stage.ts';
import { blankShapes } from './blank-shapes.ts';
import { groups, shownIn, sizeOf } from './groups.ts';
import { listScenes } from './index-page.ts';
import { type Legibility, legibilityOf } from './legibility.ts';
import { driveForever } from './live-drive.ts';
import { StressRun } from './stress.ts';

const parameters = new URLSearchParams(location.search);

let stage: Stage | null = null;

async function makeStage(group: string, setup: HudSetup): Promise<Stage> {
  await loadFonts();
  stage?.destroy();
  stage = await Stage.create(document.body, sizeOf(group), setup, shownIn(group));
  return stage;
}

/** Draws one scene; the page is good for any number of them, one after the other. */
async function showScene(path: string, backdrop: string, look: Partial<LookSettings> = {}): Promise<Stage> {
  const [group = '', name] = path.split('/');
  const scene = groups[group]?.find((one) => one.name === name);
  if (!scene) throw new Error(`There is no scene ${path}.`);
  document.body.dataset['backdrop'] = backdrop;
  const setup = sceneSetup(scene, shownIn(group), look);
  const shown = await makeStage(group, setup);
  const tape = new SceneTape((frame) => shown.update(frame), setup);
  if (group === 'all' || group.startsWith('obs-')) for (const message of sessionBoard) tape.say(message);
  scene.play(tape);
  shown.render();
  return shown;
}

/** How well each text of a scene can be read over white and over black. */
async function legibility(path: string, look: Partial<LookSettings>): Promise<Legibility[]> {
  return legibilityOf(await showScene(path, '', { ...look, motion: 'reduced' }));
}

/** The look that the address asks for. */
function lookOfAddress(): Partial<LookSettings> {
  const keys = (['theme', 'language', 'units'] as const).filter((key) => parameters.has(key));
  const given = Object.fromEntries(keys.map((key) => [key, parameters.get(key)]));
  const look = lookSettings.parse(given);
  return Object.fromEntries(keys.map((key) => [key, look[key]]));
}

Object.assign(window, {
  __showScene: async (...words: Parameters<typeof showScene>) => {
    await showScene(...words);
  },
  __legibility: legibility,
  __blankShapes: blankShapes,
  __alive: () => stage?.alive ?? false,
  __stress: (seed: number) => new StressRun(seed),
});
const scene = parameters.get('scene');
const backdrop = parameters.get('backdrop') ?? '';
document.body.dataset['backdrop'] = backdrop;
const still: Scene = { name: 'drive', play: () => {} };
if (scene !== null) await showScene(scene, backdrop, lookOfAddress());
else if (parameters.has('drive')) {
  const setup = sceneSetup(still, shownIn('all'), lookOfAddress());
  driveForever(await makeStage('all', setup), setup);
} else if (!parameters.has('bare')) listScenes(groups);
