/** Every shape of the HUD is drawn on every screen: at each height from 480 to 4320, and where the desktop app scales a widget by hand. */
import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAndServe, chromiumPath, launchChromium, until } from './browser.ts';

if (chromiumPath === undefined) console.log('skipped: shapes: no Chromium was found');

describe.skipIf(chromiumPath === undefined)('shapes', () => {
  let browser: Browser;
  let page: Page;
  let server: Server;
  beforeAll(async () => {
    const served = await buildAndServe();
    server = served.server;
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${served.port}/playground/?bare`);
    await until(page, 'window.__blankShapes !== undefined');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test('none is empty at any size', async () => {
    const heights = Array.from({ length: 193 }, (_, index) => 480 + 20 * index);
    const resolutions = [
      ...heights.map((height) => height / 1080),
      4 / 3,
      2 / 3,
      600 / 640,
      0.5,
      1.25,
      1.5,
      1.75,
    ];
    const blank = (await page.evaluate(
      `${JSON.stringify(resolutions)}.flatMap((one) => window.__blankShapes(one).map((name) => name + ' at ' + one))`,
    )) as string[];
    expect(blank).toEqual([]);
  }, 120_000);
});
