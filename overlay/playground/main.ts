/**
 * Every scene without an engine: `?scene=whole/countdown&backdrop=bright`, `?scene=brakeMarker/beat-1` (that widget
 * alone); `?drive=1` plays a lap in real time. Without a scene it lists them.
 */
import '../link/strict-page.ts';
import 'pixi.js/unsafe-eval';
import type { WidgetName } from '../hud/layout.ts';
import { SceneTape } from '../hud/scenes/scene-tape.ts';
import { wholeScenes, widgetScenes } from '../hud/scenes/table.ts';
import { loadFonts, Stage } from '../hud/stage.ts';
import { driveForever } from './live-drive.ts';

const groups = { whole: wholeScenes, ...widgetScenes };
const parameters = new URLSearchParams(location.search);

function listScenes(): void {
  document.body.dataset['page'] = 'index';
  const nav = document.createElement('nav');
  for (const [group, scenes] of Object.entries(groups)) {
    const section = document.createElement('section');
    const title = document.createElement('h2');
    title.textContent = group;
    section.append(title);
    for (const { name } of scenes) {
      const link = document.createElement('a');
      link.href = `?scene=${group}/${name}&backdrop=dark`;
      link.textContent = name;
      section.append(link);
    }
    nav.append(section);
  }
  const drive = document.createElement('a');
  drive.href = '?drive=1&backdrop=bright';
  drive.textContent = 'A lap in real time';
  nav.append(drive);
  document.body.append(nav);
}

let stage: Stage | null = null;

async function makeStage(only?: readonly WidgetName[]): Promise<Stage> {
  await loadFonts();
  const { innerWidth: width, innerHeight: height, devicePixelRatio } = window;
  stage?.destroy();
  stage = await Stage.create({ width, height, devicePixelRatio }, only);
  document.body.append(...stage.canvases);
  return stage;
}

/** Draws one scene; the page is good for any number of them, one after the other. */
async function showScene(path: string, backdrop: string): Promise<void> {
  const [group = '', name] = path.split('/');
  const scene = groups[group as keyof typeof groups]?.find((one) => one.name === name);
  if (!scene) throw new Error(`There is no scene ${path}.`);
  document.body.dataset['backdrop'] = backdrop;
  const shown = await makeStage(group === 'whole' ? undefined : [group as WidgetName]);
  scene.play(new SceneTape((frame) => shown.update(frame)));
  shown.render();
}

Object.assign(window, { __showScene: showScene, __alive: () => stage?.alive ?? false });
const scene = parameters.get('scene');
document.body.dataset['backdrop'] = parameters.get('backdrop') ?? '';
if (scene !== null) await showScene(scene, parameters.get('backdrop') ?? '');
else if (parameters.has('drive')) driveForever(await makeStage());
else if (!parameters.has('bare')) listScenes();
