/** Every control of every section of the settings page by keys alone: reached by Tab, seen when it has the focus, changed and put back. */
import { overlayWidgetNames } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from '../visual/browser.ts';
import { unfoldByKeys, walkByKeys } from './keyboard.ts';
import { pagesBuilt, type SettingsEngine, sectionIds, startSettingsEngine } from './settings-engine.ts';

if (chromiumPath === undefined) console.log('skipped: settings by keyboard: no Chromium was found');
else if (!pagesBuilt) console.log('skipped: settings by keyboard: the pages are not built');

describe.skipIf(chromiumPath === undefined || !pagesBuilt)('the settings page by keyboard', () => {
  let browser: Browser;
  let page: Page;
  let engine: SettingsEngine;

  beforeAll(async () => {
    engine = await startSettingsEngine((begun) => ({
      ...begun,
      overlay: { ...begun.overlay, widgets: [...overlayWidgetNames] },
      rules: { ...begun.rules, series: { 447: 'always' } },
      profiles: {
        ...begun.profiles,
        list: [{ id: 'wet', name: 'Wet', overrides: { look: { theme: 'dark' } } }],
        rules: [{ profile: 'wet', sim: 'iracing', car: null, track: null, about: '' }],
      },
    }));
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // Pictures of widgets have no controls, and take their time.
    await page.route('**/preview.js', (route) => route.abort());
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
  });

  test.each(sectionIds)(
    '%s',
    async (section) => {
      await page.goto('about:blank');
      await page.goto(`${engine.url}#${section}`);
      await page.waitForSelector('h1');
      await page.waitForLoadState('networkidle');
      await unfoldByKeys(page);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const { reached, amiss } = await walkByKeys(page);
      expect(amiss).toEqual([]);
      expect(reached).toBeGreaterThan(10);
    },
    240_000,
  );

  test('a widget is taken off and shown again', async () => {
    await page.goto(`${engine.url}#widgets`);
    await page.focus('#widget-fuel');
    await page.keyboard.press('Space');
    await expect.poll(() => engine.kept().overlay.widgets.includes('fuel')).toBe(false);
    await page.keyboard.press('Space');
    await expect.poll(() => engine.kept().overlay.widgets.includes('fuel')).toBe(true);
  });
});
