/**
 * Every scene as a picture against its baseline. A missing baseline fails; `RACING_COACH_BASELINES=write` writes them,
 * to be looked at before they are committed. What was drawn lands in `tests/output/visual` when it differs.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { type LookSettings, languages, themes } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boxOf } from '../../overlay/hud/layout.ts';
import { places, type WidgetName } from '../../overlay/hud/places.ts';
import { wholeScenes, widgetScenes } from '../../overlay/hud/scenes/table.ts';
import { buildAndServe, chromiumPath, launchChromium } from './browser.ts';
import { coloursOf, difference } from './picture.ts';
import { tolerances } from './tolerances.ts';

/** Widgets at the size that they are designed for; the whole HUD at half of it, which tests the scaling as well. */
const full = { width: 1920, height: 1080 };
const half = { width: 960, height: 540 };
const baselines = join(import.meta.dirname, 'baselines');
const output = join(import.meta.dirname, '..', 'output', 'visual');
const writing = process.env['RACING_COACH_BASELINES'] === 'write';
/** Room around a widget, so that something drawn outside of its box is seen. */
const marginPx = 8;

if (chromiumPath === undefined)
  console.log('skipped: HUD pictures: no Chromium was found (set CHROMIUM to its path)');

interface Shot {
  name: string;
  scene: string;
  background: string;
  viewport: { width: number; height: number };
  clip: { x: number; y: number; width: number; height: number };
  look?: Partial<LookSettings>;
}

const widgetShots: Shot[] = (Object.keys(widgetScenes) as WidgetName[]).flatMap((widget) => {
  const box = boxOf(places[widget], { ...full, devicePixelRatio: 1 });
  const clip = {
    x: box.x - marginPx,
    y: box.y - marginPx,
    width: box.width + 2 * marginPx,
    height: box.height + 2 * marginPx,
  };
  return widgetScenes[widget].map(({ name }) => ({
    name: `${widget}-${name}`,
    scene: `${widget}/${name}`,
    background: 'dark',
    viewport: full,
    clip,
  }));
});
const wholeShots: Shot[] = wholeScenes.map(({ name }, index) => {
  const background = index % 2 === 0 ? 'bright' : 'dark';
  return {
    name: `whole-${name}-${background}`,
    scene: `whole/${name}`,
    background,
    viewport: half,
    clip: { x: 0, y: 0, ...half },
  };
});

/** Every widget at once, in every theme and language: at half size, as the whole HUD. */
const lookShots: Shot[] = themes.flatMap((theme, index) =>
  ['busy', 'turning'].map((name, turn) => ({
    name: `all-${name}-${theme}`,
    scene: `all/${name}`,
    background: (index + turn) % 2 === 0 ? 'bright' : 'dark',
    viewport: half,
    clip: { x: 0, y: 0, ...half },
    look: { theme, language: languages[index + turn] ?? 'en', units: turn === 0 ? 'metric' : 'imperial' },
  })),
);

describe.skipIf(chromiumPath === undefined)('HUD pictures', () => {
  let browser: Browser;
  let page: Page;
  let bench: Page;
  let server: Server;

  beforeAll(async () => {
    const served = await buildAndServe();
    server = served.server;
    browser = await launchChromium();
    page = await browser.newPage({ viewport: full });
    // Comparing fetches `data:` addresses, which the pages' own policy forbids: it has a page to itself.
    bench = await browser.newPage();
    await page.goto(`http://127.0.0.1:${served.port}/playground/?bare`);
    await page.waitForFunction('window.__showScene !== undefined');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function draw({ scene, background, viewport, clip, look = {} }: Shot): Promise<Buffer> {
    await page.setViewportSize(viewport);
    await page.evaluate(`window.__showScene(...${JSON.stringify([scene, background, look])})`);
    // The compositor shows what was rendered one frame later.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(await page.evaluate('window.__alive()')).toBe(true);
    return page.screenshot({ clip });
  }

  test.each([...widgetShots, ...wholeShots, ...lookShots])(
    '$name',
    async (shot) => {
      const drawn = await draw(shot);
      expect(await coloursOf(bench, drawn)).toBeGreaterThan(1);
      const file = join(baselines, `${shot.name}.png`);
      if (writing) writeFileSync(file, drawn);
      expect(existsSync(file), `${shot.name} has no baseline`).toBe(true);
      const found = await difference(bench, drawn, readFileSync(file));
      if (found.share > tolerances.share) {
        mkdirSync(output, { recursive: true });
        writeFileSync(join(output, `${shot.name}.png`), drawn);
      }
      expect(found.share, `${shot.name} differs; see tests/output/visual`).toBeLessThanOrEqual(
        tolerances.share,
      );
    },
    60_000,
  );

  test.each(Object.keys(widgetScenes))('the tolerance tells every two scenes of %s apart', async (widget) => {
    const shots = widgetShots.filter(({ scene }) => scene.startsWith(`${widget}/`));
    const picture = ({ name }: Shot) => readFileSync(join(baselines, `${name}.png`));
    for (const [index, one] of shots.entries())
      for (const other of shots.slice(index + 1)) {
        const { share } = await difference(bench, picture(one), picture(other));
        expect(share, `${one.name} and ${other.name}`).toBeGreaterThan(tolerances.share);
      }
  });
});
