/** Every widget that is shown has its picture on the settings page, in every theme, and none of them is empty. */
import { overlayWidgetNames, themes } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from '../visual/browser.ts';
import { pagesBuilt, type SettingsEngine, startSettingsEngine } from './settings-engine.ts';

if (chromiumPath === undefined) console.log('skipped: previews: no Chromium was found');
else if (!pagesBuilt) console.log('skipped: previews: the pages are not built');

const themeLabels = { dark: 'Dark', light: 'Light', 'high-contrast': 'High contrast' };

describe.skipIf(chromiumPath === undefined || !pagesBuilt)('previews of widgets', () => {
  let browser: Browser;
  let page: Page;
  let engine: SettingsEngine;
  beforeAll(async () => {
    engine = await startSettingsEngine((begun) => ({
      ...begun,
      overlay: { ...begun.overlay, widgets: [...overlayWidgetNames] },
    }));
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
  });

  /** Share of a picture's pixels on which something was drawn, by widget; only of those that have a picture. */
  const drawnShares = (): Promise<Record<string, number>> =>
    page.evaluate(() => {
      const shares: Record<string, number> = {};
      for (const card of document.querySelectorAll('article:has(.preview img)')) {
        const picture = card.querySelector('img');
        const name = card.querySelector('input[role=switch]')?.id.replace('widget-', '') ?? '';
        if (picture === null || !picture.complete) continue;
        const { naturalWidth: width, naturalHeight: height } = picture;
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context?.drawImage(picture, 0, 0);
        const { data = [] } = context?.getImageData(0, 0, width, height) ?? {};
        let drawn = 0;
        for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 100) drawn += 1;
        shares[name] = drawn / (width * height);
      }
      return shares;
    });

  test.each(themes)(
    '%s',
    async (theme) => {
      await page.goto('about:blank');
      await page.goto(`${engine.url}#look`);
      await page.check(`.segment:has-text("${themeLabels[theme]}") input`);
      await expect.poll(() => engine.kept().look.theme).toBe(theme);
      await page.goto(`${engine.url}#widgets`);
      for (const name of overlayWidgetNames) await page.locator(`#widget-${name}`).scrollIntoViewIfNeeded();
      await expect
        .poll(async () => Object.keys(await drawnShares()).length, { timeout: 60_000 })
        .toBe(overlayWidgetNames.length);
      const faint = Object.entries(await drawnShares()).filter(([, share]) => share < 0.02);
      expect(faint).toEqual([]);
    },
    120_000,
  );
});
