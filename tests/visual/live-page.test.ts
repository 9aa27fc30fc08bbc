/** The real page against a hub that plays the made-up lap: connects, draws, keeps its policy, says when it is alone. */
import type { Server } from 'node:http';
import { overlayWidgetNames, settingsMessage } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boxOf } from '../../overlay/hud/layout.ts';
import { places } from '../../overlay/hud/places.ts';
import { raceRules, underRaceRules } from '../../overlay/hud/scenes/synthetic-race.ts';
import { buildAndServe, chromiumPath, launchChromium } from './browser.ts';
import { FakeHub } from './fake-hub.ts';
import { coloursOf, difference } from './picture.ts';

const viewport = { width: 960, height: 540 };
const token = 'a-token';

if (chromiumPath === undefined)
  console.log('skipped: live HUD page: no Chromium was found (set CHROMIUM to its path)');

interface DrawnSnapshot {
  sequence: number;
  latencyMs: number;
}

describe.skipIf(chromiumPath === undefined)('live HUD page', () => {
  let browser: Browser;
  let page: Page;
  let bench: Page;
  let server: Server;
  let hub: FakeHub;
  const complaints: string[] = [];

  beforeAll(async () => {
    const served = await buildAndServe();
    server = served.server;
    hub = new FakeHub(server, { token });
    browser = await launchChromium();
    bench = await browser.newPage();
    page = await browser.newPage({ viewport });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.text().includes('Content Security Policy'))
        complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${served.port}/hud/?token=${token}`);
    await page.waitForFunction('window.__racingCoach !== undefined');
  }, 120_000);
  afterAll(async () => {
    hub?.stop();
    await browser?.close();
    server?.close();
  });

  const drawn = () => page.evaluate('window.__racingCoach.drawn()') as Promise<DrawnSnapshot[]>;
  const shot = (name: keyof typeof places) =>
    page.screenshot({ clip: boxOf(places[name], { ...viewport, devicePixelRatio: 1 }) });

  test('draws snapshots as they come, each once, and reports their age', async () => {
    hub.drive(25);
    await expect.poll(async () => (await drawn()).length, { timeout: 30_000 }).toBeGreaterThan(40);
    const list = await drawn();
    const sequences = list.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    for (const { latencyMs } of list) expect(latencyMs).toBeGreaterThanOrEqual(0);
    expect(await page.evaluate('window.__racingCoach.alive()')).toBe(true);
    expect(hub.heard[0]).toMatchObject({ type: 'page', name: 'hud' });
  });

  test('every resting widget shows something while the coach works', async () => {
    for (const name of ['deltaBar', 'cornerCard', 'pedalTrace', 'brakeMarker'] as const)
      expect(await coloursOf(bench, await shot(name)), name).toBeGreaterThan(2);
  });

  test('a window of another size is filled anew', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const box = boxOf(places.cornerCard, { width: 1280, height: 720, devicePixelRatio: 1 });
    await expect
      .poll(async () => coloursOf(bench, await page.screenshot({ clip: box })), { timeout: 15_000 })
      .toBeGreaterThan(2);
    await page.setViewportSize(viewport);
  });

  test('other settings make the stage again without a new page', async () => {
    const canvases = () =>
      page.evaluate('document.querySelectorAll("canvas.panel").length') as Promise<number>;
    await page.evaluate('window.__samePage = true');
    const calm = await canvases();
    // The size of the window has just changed back.
    await expect
      .poll(async () => coloursOf(bench, await shot('cornerCard')), { timeout: 15_000 })
      .toBeGreaterThan(2);
    const dark = await shot('cornerCard');
    const settings = { type: 'settings', hud: {}, look: { theme: 'light', opacity: 0.5 } };
    hub.say(settingsMessage.parse({ ...settings, shown: overlayWidgetNames }));
    await expect.poll(canvases, { timeout: 15_000 }).toBeGreaterThan(calm);
    // The canvases are there before their first picture is.
    await expect
      .poll(async () => (await difference(bench, await shot('cornerCard'), dark)).share, { timeout: 15_000 })
      .toBeGreaterThan(0.5);
    expect(await page.evaluate('document.querySelector("canvas.panel").style.opacity')).toBe('0.5');
    expect(await coloursOf(bench, await shot('speedGear'))).toBeGreaterThan(2);
    hub.say(settingsMessage.parse({ type: 'settings', hud: {} }));
    await expect.poll(canvases, { timeout: 15_000 }).toBe(calm);
    expect(await page.evaluate('window.__samePage && window.__racingCoach.alive()')).toBe(true);
  });

  test('nothing is drawn while nothing changes', async () => {
    const count = async () =>
      ((await page.evaluate('window.__racingCoach.frames()')) as { drawn: number }).drawn;
    expect(await count()).toBeGreaterThan(0);
    hub.stop();
    // A second without snapshots, and the widgets have left; then there is peace.
    await page.waitForTimeout(1800);
    const before = await count();
    await page.waitForTimeout(1000);
    expect(await count()).toBe(before);
    hub.drive(25);
    await expect.poll(count, { timeout: 15_000 }).toBeGreaterThan(before);
  });

  test('comes back after the graphics driver restarted', async () => {
    const lose = `window.__lost = [...document.querySelectorAll('canvas')].map((canvas) =>
      canvas.getContext('webgl2').getExtension('WEBGL_lose_context'));
      window.__lost.forEach((extension) => extension.loseContext())`;
    await page.evaluate(lose);
    await expect.poll(() => page.evaluate('window.__racingCoach.alive()')).toBe(false);
    await page.evaluate('window.__lost.forEach((extension) => extension.restoreContext())');
    await expect.poll(() => page.evaluate('window.__racingCoach.alive()')).toBe(true);
    for (const name of ['cornerCard', 'deltaBar'] as const)
      await expect
        .poll(async () => coloursOf(bench, await shot(name)), { timeout: 15_000 })
        .toBeGreaterThan(2);
  });

  test('in a race the delta stays and what instructs leaves', async () => {
    hub.say(raceRules);
    hub.change = underRaceRules;
    await expect.poll(async () => coloursOf(bench, await shot('cornerCard')), { timeout: 15_000 }).toBe(1);
    expect(await coloursOf(bench, await shot('brakeMarker'))).toBe(1);
    const before = await shot('deltaBar');
    expect(await coloursOf(bench, before)).toBeGreaterThan(2);
    // No sentence stands there: the number moves with the car.
    await expect
      .poll(async () => (await difference(bench, before, await shot('deltaBar'))).largest > 0, {
        timeout: 15_000,
      })
      .toBe(true);
    hub.change = () => {};
    hub.say({ ...raceRules, raceLegal: false });
    await expect
      .poll(async () => coloursOf(bench, await shot('cornerCard')), { timeout: 15_000 })
      .toBeGreaterThan(2);
  });

  test('only the status stays when the engine goes, and the rest comes back with it', async () => {
    hub.dropPages();
    await expect.poll(async () => coloursOf(bench, await shot('cornerCard')), { timeout: 15_000 }).toBe(1);
    expect(await coloursOf(bench, await shot('status'))).toBeGreaterThan(2);
    hub.drive(25);
    await expect
      .poll(async () => coloursOf(bench, await shot('cornerCard')), { timeout: 30_000 })
      .toBeGreaterThan(2);
  });

  test("nothing broke the hub's content policy", () => {
    expect(complaints.filter((line) => !line.includes('WebSocket connection'))).toEqual([]);
  });
});
