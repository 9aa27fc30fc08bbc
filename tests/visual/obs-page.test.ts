/** The OBS page in a Chromium that stands for OBS' own (Debian's OBS has no browser source): every layout draws, waits for the stream, rests and comes back. */
import type { Server } from 'node:http';
import { obsLayouts } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAndServe, chromiumPath, launchChromium } from './browser.ts';
import { FakeHub } from './fake-hub.ts';
import { coloursOf } from './picture.ts';

const token = 'a-token';
const sources = [
  { width: 1280, height: 720 },
  { width: 640, height: 360 },
  { width: 400, height: 900 },
];

if (chromiumPath === undefined) console.log('skipped: the OBS page: no Chromium was found');

interface Counts {
  frames: number;
  rendered: number;
}

describe.skipIf(chromiumPath === undefined)('the OBS page', () => {
  let browser: Browser;
  let bench: Page;
  let server: Server;
  let port: number;
  let hub: FakeHub;
  const complaints: string[] = [];

  beforeAll(async () => {
    ({ server, port } = await buildAndServe());
    hub = new FakeHub(server, { token });
    hub.drive(25);
    browser = await launchChromium();
    bench = await browser.newPage();
  }, 120_000);
  afterAll(async () => {
    hub?.stop();
    await browser?.close();
    server?.close();
  });

  async function open(address: string, viewport = sources[0] ?? { width: 1, height: 1 }): Promise<Page> {
    const page = await browser.newPage({ viewport });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('WebSocket'))
        complaints.push(message.text());
    });
    await page.goto(
      `http://127.0.0.1:${port}/obs/${address}${address.includes('?') ? '&' : '?'}token=${token}`,
    );
    await page.waitForFunction('window.__racingCoachObs !== undefined');
    return page;
  }
  const counts = (page: Page) => page.evaluate('window.__racingCoachObs.counts()') as Promise<Counts>;
  const colours = async (page: Page) => coloursOf(bench, await page.screenshot({ omitBackground: true }));
  /** When the snapshot that is shown was read, on the hub's clock. */
  const shownMs = async (page: Page) =>
    ((await page.evaluate('window.__racingCoachObs.snapshot()')) as { readAtMs: number }).readAtMs;

  test.each(obsLayouts)(
    '%s draws in every size of source, and lets through what lies behind',
    async (layout) => {
      for (const source of sources) {
        const page = await open(layout, source);
        await expect.poll(() => colours(page), { timeout: 20_000 }).toBeGreaterThan(10);
        const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
        expect(background).toBe('rgba(0, 0, 0, 0)');
        const scrolls =
          'document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight';
        expect(await page.evaluate(scrolls)).toBe(false);
        await page.close();
      }
    },
    120_000,
  );

  test('a delay holds everything back', async () => {
    const page = await open('minimal?delay=1500');
    await expect.poll(() => shownMs(page), { timeout: 10_000 }).toBeGreaterThan(0);
    const live = await open('minimal');
    await expect.poll(() => shownMs(live), { timeout: 10_000 }).toBeGreaterThan(0);
    const [now = 0, then = 0] = await Promise.all([shownMs(live), shownMs(page)]);
    // Less what a busy machine is late with the live page.
    expect(now - then).toBeGreaterThan(750);
    expect(await page.evaluate('window.__racingCoachObs.held()')).toBeLessThan(250);
    await page.close();
    await live.close();
  }, 60_000);

  test('a hidden source draws nothing and is up to date when it is shown', async () => {
    const page = await open('minimal');
    await expect.poll(async () => (await counts(page)).rendered, { timeout: 10_000 }).toBeGreaterThan(0);
    const tell = (visible: boolean) =>
      page.evaluate(
        `dispatchEvent(new CustomEvent('obsSourceVisibleChanged', { detail: { visible: ${visible} } }))`,
      );
    await tell(false);
    const before = await counts(page);
    const seen = await shownMs(page);
    await new Promise((done) => setTimeout(done, 700));
    expect(await counts(page)).toEqual(before);
    expect(await shownMs(page)).toBeGreaterThan(seen);
    await tell(true);
    await expect
      .poll(async () => (await counts(page)).rendered, { timeout: 15_000 })
      .toBeGreaterThan(before.rendered);
    await page.close();
  }, 60_000);

  test('shows nothing without an engine, and comes back by itself', async () => {
    const page = await open('coach');
    await expect.poll(() => colours(page), { timeout: 20_000 }).toBeGreaterThan(10);
    hub.away = true;
    hub.dropPages();
    await expect.poll(() => page.evaluate('document.body.dataset.link')).toBe('closed');
    await expect.poll(() => colours(page)).toBe(1);
    hub.away = false;
    hub.drive(25);
    await expect.poll(() => colours(page), { timeout: 20_000 }).toBeGreaterThan(10);
    await page.close();
  }, 60_000);

  test('another size of source is another arrangement', async () => {
    const page = await open('coach', { width: 640, height: 360 });
    await expect.poll(() => colours(page), { timeout: 20_000 }).toBeGreaterThan(10);
    await page.setViewportSize({ width: 1280, height: 720 });
    const widest = `Math.max(...[...document.querySelectorAll('canvas')].map((c) => c.getBoundingClientRect().right))`;
    await expect.poll(() => page.evaluate(widest), { timeout: 10_000 }).toBeGreaterThan(1000);
    await page.close();
  }, 60_000);

  test('sounds only where its address says so, and then without taking the sound from the driver', async () => {
    const sounding = () =>
      hub.heard.filter((said) => said.type === 'page' && said.name === 'obs-sound').length;
    const silent = await open('minimal');
    await expect.poll(async () => (await counts(silent)).frames, { timeout: 10_000 }).toBeGreaterThan(10);
    expect(sounding()).toBe(0);
    const loud = await open('minimal?audio=1');
    await expect.poll(sounding).toBe(1);
    expect(hub.heard.filter(({ type }) => type !== 'page')).toEqual([]);
    await silent.close();
    await loud.close();
  }, 60_000);

  test('nothing broke the policy, and nothing failed', () => expect(complaints).toEqual([]));
});
