/** One click and one more, and every address is new: the page goes on with its own, the old ones open nothing. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium, until } from '../visual/browser.ts';
import { pagesBuilt, type SettingsEngine, startSettingsEngine } from './settings-engine.ts';

if (chromiumPath === undefined) console.log('skipped: token renewal: no Chromium was found');
else if (!pagesBuilt) console.log('skipped: token renewal: the pages are not built');

const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? '';

describe.skipIf(chromiumPath === undefined || !pagesBuilt)('renewal of the token from the page', () => {
  let browser: Browser;
  let engine: SettingsEngine;
  beforeAll(async () => {
    engine = await startSettingsEngine((begun) => begun);
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
  });

  const obsAddress = async (page: Page) => {
    await page.getByRole('button', { name: 'Show the token of Coach view' }).click();
    return page.inputValue('#obs-coach');
  };

  test('asked twice, renewed once, and the page goes on', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${engine.url}#streaming`);
    const hidden = await page.inputValue('#obs-coach');
    expect(hidden).not.toContain(tokenOf(engine.url));
    const before = await obsAddress(page);
    const seen = await browser.newPage();
    expect((await seen.goto(before))?.status()).toBe(200);
    await until(seen, "document.body.dataset.link === 'open'");

    const renew = page.getByRole('button', { name: 'Renew the addresses' });
    await renew.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Really renew?' }).waitFor();
    expect(tokenOf(page.url())).toBe(tokenOf(engine.url));
    // Looking elsewhere takes the question back.
    await page.keyboard.press('Tab');
    await renew.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => tokenOf(url.href) !== tokenOf(engine.url));
    await page.getByText('Every address is new.').waitFor();
    expect(new URL(page.url()).hash).toBe('#streaming');

    const after = await obsAddress(page);
    expect(tokenOf(after)).not.toBe(tokenOf(before));
    // The stream's page was closed at once, and nothing old opens anything.
    await until(seen, "document.body.dataset.link === 'closed'");
    expect((await seen.goto(before))?.status()).toBe(403);
    expect((await seen.goto(engine.url))?.status()).toBe(403);
    expect((await seen.goto(after))?.status()).toBe(200);
    await until(seen, "document.body.dataset.link === 'open'");

    // The page saves with its new token.
    await page.goto(`${page.url().split('#')[0]}#look`);
    await page.check('.segment:has-text("Light") input');
    await expect.poll(() => engine.kept().look.theme).toBe('light');
    await page.close();
    await seen.close();
  }, 120_000);
});
