/** From a recording to the pixels: real addon, real engine, real hub, real page in a real Chromium, seed 3. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Snapshot, snapshotFlags, statuses } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from '../visual/browser.ts';
import { root, runCoach, type Serving, startCoach } from './racing-coach.ts';

const built = existsSync(join(root, 'overlay', 'dist', 'hud', 'index.html'));
if (chromiumPath === undefined) console.log('skipped: HUD on the real engine: no Chromium was found');
else if (!built) console.log('skipped: HUD on the real engine: the pages are not built');

describe.skipIf(chromiumPath === undefined || !built)('HUD on the real engine', () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let engine: Serving;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-browser-'));
    const drive = join(folder, 'seed-3.ibt');
    const simulated = await runCoach(['simulate', '--laps', '2', '--seed', '3', '--out', drive], folder);
    expect(simulated.err).toBe('');
    engine = await startCoach(
      ['replay', drive, '--laps', '1..2', '--reference', 'own-best', '--port', '0'],
      folder,
    );
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 960, height: 540 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(engine.urls.hud);
    await page.waitForFunction('window.__racingCoach !== undefined');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const snapshot = () => page.evaluate('window.__racingCoach.snapshot()') as Promise<Snapshot>;

  test('draws the coach at work, without a complaint of the browser', async () => {
    await expect
      .poll(async () => statuses[(await snapshot()).status]?.code, { timeout: 60_000, interval: 100 })
      .toBe('coaching');
    const now = await snapshot();
    expect(now.flags & snapshotFlags.hasReference).not.toBe(0);
    expect(now.lapDistanceM).toBeGreaterThan(0);
    await page.evaluate('window.__racingCoach.clear()');
    const drawn = async () => ((await page.evaluate('window.__racingCoach.drawn()')) as unknown[]).length;
    await expect.poll(drawn, { timeout: 30_000 }).toBeGreaterThan(30);
    expect(await page.evaluate('window.__racingCoach.alive()')).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('the page’s address without its token shows nothing', async () => {
    const bare = new URL(engine.urls.hud);
    bare.search = '';
    expect((await fetch(bare)).status).toBe(403);
  });
});
