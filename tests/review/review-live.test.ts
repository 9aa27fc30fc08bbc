/** Review beside a running sim: a lap is there as soon as it is finished, without a reload, with the corners that its lap file holds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, type Serving, startCoach } from '../engine/racing-coach.ts';
import { buildHere } from '../live/programs.ts';
import { chromiumPath, launchChromium } from '../visual/browser.ts';

const built = existsSync(join(root, 'overlay', 'dist', 'review', 'index.html'));
const missing =
  process.platform !== 'linux'
    ? 'the sim writes a file map on Linux only'
    : chromiumPath === undefined
      ? 'no Chromium was found'
      : built
        ? null
        : 'the pages are not built';
if (missing !== null) console.log(`skipped: review while driving: ${missing}`);

describe.skipIf(missing !== null)('review while driving', () => {
  let folder: string;
  let programs: string;
  let engine: Serving & { urls: { review: string } };
  let browser: Browser;
  beforeAll(async () => {
    programs = buildHere();
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-review-live-'));
    const words = ['start', '--source', `map:${join(folder, 'sim.map')}`, '--port', '0', '--no-open'];
    engine = (await startCoach(words, join(folder, 'data'))) as typeof engine;
    browser = await launchChromium();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('laps come by themselves, and their corners are measured', { timeout: 120_000 }, async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(90_000);
    await page.goto(engine.urls.review);
    await page.waitForSelector('h1:text("No session yet")');
    // At full speed: each row waits until the engine has taken the one before.
    const words = [
      'play',
      'simcar',
      '--lockstep',
      '--laps',
      '3',
      '--seed',
      '4',
      '--map',
      join(folder, 'sim.map'),
    ];
    const sim = spawn(join(programs, 'racing-coach-sim'), words, { stdio: 'ignore' });
    try {
      await page.waitForSelector('.laps tbody tr:nth-child(3) .time:has-text(":")');
      await page.waitForSelector('.corners tbody tr');
    } finally {
      sim.kill();
      if (sim.exitCode === null && sim.signalCode === null) await once(sim, 'close');
    }
    const rows = await page.locator('.corners tbody tr').count();
    expect(rows).toBe(11);
    expect(await page.textContent('.corners tbody tr th')).toBe('Toll Bar');
    expect(await page.textContent('.head p')).toContain('Simulated GT3');
    await page.close();
  });
});
