/** The list of all scenes. */
import type { Scene } from '../hud/scenes/scene-tape.ts';

export function listScenes(groups: Readonly<Record<string, readonly Scene[]>>): void {
  document.body.dataset['page'] = 'index';
  const nav = document.createElement('nav');
  for (const [group, scenes] of Object.entries(groups)) {
    const section = document.createElement('section');
    const title = document.createElement('h2');
    title.textContent = group;
    section.append(title, ...scenes.map(({ name }) => link(name, `?scene=${group}/${name}&backdrop=dark`)));
    nav.append(section);
  }
  nav.append(link('A lap in real time', '?drive=1&backdrop=bright'));
  document.body.append(nav);
}

function link(text: string, href: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}
