/**
 * Draws the README's pictures: `npm run pictures`, then look at them. The HUD and the view for viewers come from the playground, settings and review from
 * engines of their own: the same bytes at every run on one Chromium.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startReviewEngine } from '../review/review-engine.ts';
import { startSettingsEngine } from '../settings/settings-engine.ts';
import { buildAndServe, launchChromium, until } from './browser.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs');
mkdirSync(folder, { recursive: true });
const { server, port } = await buildAndServe();
const browser = await launchChromium();
const kept = (name: string) => ({ path: join(folder, name) });

async function drawScene(name: string, scene: string, backdrop: string, width: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: (width * 9) / 16 } });
  await page.goto(`http://127.0.0.1:${port}/playground/?bare`);
  await until(page, 'window.__showScene !== undefined');
  await page.evaluate(`window.__showScene(${JSON.stringify(scene)}, ${JSON.stringify(backdrop)})`);
  await settled(page);
  await page.screenshot(kept(name));
  await page.close();
}

/** The compositor shows what was rendered one frame later. */
const settled = (page: Page) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');

async function drawSettings(name: string): Promise<void> {
  const engine = await startSettingsEngine((begun) => ({
    ...begun,
    overlay: { ...begun.overlay, widgets: ['deltaBar', 'brakeMarker', 'cornerCard', 'status'] },
  }));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${engine.url}#widgets`);
  await until(page, "document.querySelectorAll('.preview img').length >= 3");
  await settled(page);
  await page.screenshot(kept(name));
  await page.close();
  await engine.stop();
}

/** A simulated session of a club driver, its fourth lap chosen. */
async function drawReview(name: string): Promise<void> {
  const engine = await startReviewEngine();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(engine.url);
  await page.click('.laps button[data-lap$="-0-4"]');
  await page.waitForSelector('#corners-title:has-text("lap 4")');
  await page.waitForSelector('.corners tbody tr');
  await page.mouse.move(0, 0);
  await page.evaluate('scrollTo(0, 0)');
  await settled(page);
  await page.screenshot(kept(name));
  await page.close();
  await engine.stop();
}

await drawScene('hud.png', 'whole/showcase', 'bright', 1600);
await drawScene('obs-coach.png', 'obs-coach/verdict-loss', 'dark', 1280);
await drawSettings('settings.png');
await drawReview('review.png');
await browser.close();
server.close();
