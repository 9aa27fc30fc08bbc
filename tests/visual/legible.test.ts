/**
 * Every text of every scene, in every theme, can be read over a white and over a black scene: measured in the pixels behind its glyphs, so that whatever
 * fades a plate, a block or a word counts.
 */
import type { Server } from 'node:http';
import { type LookSettings, themes } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetScenes } from '../../overlay/hud/scenes/table.ts';
import { palettes } from '../../overlay/hud/tokens.ts';
import type { Legibility } from '../../overlay/playground/legibility.ts';
import { buildAndServe, chromiumPath, launchChromium, until } from './browser.ts';

/** WCAG 2.2, 1.4.3: for text of any size, with the worst scene shining through. */
const enough = 4.5;
/** Main ink, with the scene that helps the plate: 1.4.6. */
const enoughForInk = 7;

const reads = ({ colour, white, black }: Legibility, ink: number) =>
  Math.min(white, black) >= enough && (colour !== ink || Math.max(white, black) >= enoughForInk);

if (chromiumPath === undefined) console.log('skipped: legibility: no Chromium was found');

describe.skipIf(chromiumPath === undefined)('legibility', () => {
  let browser: Browser;
  let page: Page;
  let server: Server;

  beforeAll(async () => {
    const served = await buildAndServe();
    server = served.server;
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(`http://127.0.0.1:${served.port}/playground/?bare`);
    await until(page, 'window.__legibility !== undefined');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const measured = (scene: string, look: Partial<LookSettings>) =>
    page.evaluate(`window.__legibility(...${JSON.stringify([scene, look])})`) as Promise<Legibility[]>;

  describe.each(themes)('in the theme %s', (theme) => {
    test.each(Object.entries(widgetScenes))(
      'every text of %s',
      async (widget, scenes) => {
        const faint: string[] = [];
        let texts = 0;
        for (const { name } of scenes)
          for (const found of await measured(`${widget}/${name}`, { theme })) {
            const { text, white, black, opacity } = found;
            texts += 1;
            if (!reads(found, palettes[theme].ink))
              faint.push(
                `${name}: “${text}” ${white.toFixed(1)} over white, ${black.toFixed(1)} over black, at ${opacity}`,
              );
          }
        expect(faint).toEqual([]);
        // The pedals and the map without names have none; a test that looked at nothing must not pass elsewhere.
        if (!['pedalTrace'].includes(widget)) expect(texts).toBeGreaterThan(0);
      },
      120_000,
    );
  });

  test('a text that is too faint is found: the HUD at a third of its opacity', async () => {
    const found = await measured('deltaBar/behind-losing', { opacity: 0.3 });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ white, black }) => Math.min(white, black) < enough)).toBe(true);
  });
});
