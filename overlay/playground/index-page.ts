/** The list of all scenes. */
import type { Scene } from '../hud/scenes/scene-tape.ts';

export function listScenes(groups: Readonly<Record<string, readonly Scene[]>>): void {
  document.body.dataset['page'] = 'index';
  const main = document.createElement('main');
  const heading = document.createElement('h1');
  heading.textContent = 'Scenes of the HUD';
  const nav = document.createElement('nav');
  nav.ariaLabel = 'Scenes';
  for (const [group, scenes] of Object.entries(groups)) {
    const section = document.createElement('section');
    const title = document.createElement('h2');
    title.textContent = group;
    section.append(title, ...scenes.map(({ name }) => link(name, `?scene=${group}/${name}&backdrop=dark`)));
    nav.append(section);
  }
  nav.append(link('A lap in real time', '?drive=1&backdrop=bright'));
  main.append(heading, nav);
  document.body.append(main);
}

function link(text: string, href: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}
