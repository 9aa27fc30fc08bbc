/**
 * Bundles the pages into `overlay/dist`, for the oldest browser that shows them: OBS' is as old as Chrome 127, so
 * chrome120 leaves some room. `node overlay/build.ts`; the playground comes along, it is how the HUD is looked at.
 */
import { cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** The HUD's condensed type, and the one for pages that are read. */
const fontFamilies = {
  'barlow-condensed': [500, 600],
  inter: [400, 500, 600],
} as const;

interface Page {
  name: string;
  script: string;
  /** Copied beside the script, folders whole. */
  files: string[];
  /** The page in whose folder it lies; absent for one of its own. */
  beside?: string;
  /** Barlow Condensed where nothing else is said. */
  font?: keyof typeof fontFamilies;
  /** Takes the panes' look beside it. */
  isPane?: boolean;
}

const pages: Page[] = [
  {
    name: 'hud',
    script: 'main.ts',
    files: ['index.html', 'hud.css', 'backdrops/bright.svg', 'backdrops/dark.svg'],
  },
  // Its style sheet takes in the HUD's, from beside it.
  { name: 'playground', script: 'main.ts', files: ['index.html', 'playground.css'] },
  { name: 'edit', script: 'main.ts', files: ['index.html', 'edit.css'] },
  { name: 'obs', script: 'main.ts', files: ['index.html', 'obs.css'] },
  // A few hundred clips, which are fetched when a voice is chosen.
  { name: 'audio', script: 'main.ts', files: ['index.html', 'audio.css', 'voices'] },
  {
    name: 'settings',
    script: 'main.tsx',
    files: ['index.html', 'settings.css', 'theme'],
    font: 'inter',
    isPane: true,
  },
  { name: 'review', script: 'main.tsx', files: ['index.html', 'review.css'], font: 'inter', isPane: true },
  // Fetched by the settings page, from beside it, when it wants to show a widget.
  { name: 'preview', script: 'preview.ts', files: [], beside: 'settings' },
];

async function copyFonts(to: string, family: keyof typeof fontFamilies): Promise<void> {
  const fonts = dirname(createRequire(import.meta.url).resolve(`@fontsource/${family}/package.json`));
  await mkdir(to, { recursive: true });
  for (const weight of fontFamilies[family]) {
    const name = `${family}-latin-${weight}-normal.woff2`;
    await cp(join(fonts, 'files', name), join(to, name));
  }
  // The font's licence asks to travel with it.
  await cp(join(fonts, 'LICENSE'), join(to, 'LICENSE'));
}

async function buildPage(
  { name, script, files, beside = '', font = 'barlow-condensed', isPane = false }: Page,
  to: string,
): Promise<void> {
  const out = join(to, beside, name);
  await mkdir(out, { recursive: true });
  await build({
    entryPoints: [join(here, name, script)],
    outfile: join(out, `${name}.js`),
    bundle: true,
    format: 'esm',
    target: 'chrome120',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'linked',
    logLevel: 'warning',
  });
  for (const file of files) await cp(join(here, name, file), join(out, file), { recursive: true });
  if (isPane) await cp(join(here, 'panes', 'look'), join(out, 'look'), { recursive: true });
  await copyFonts(join(out, 'fonts'), font);
}

/**
 * @param to the folder; tests that run side by side have one each
 * @param wanted which pages, by name; the desktop app has no playground
 */
export async function buildPages(
  to = join(here, 'dist'),
  wanted: (name: string) => boolean = () => true,
): Promise<void> {
  await Promise.all(pages.filter(({ name }) => wanted(name)).map((page) => buildPage(page, to)));
}

if (import.meta.main) await buildPages();
