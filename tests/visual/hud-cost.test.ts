/**
 * The HUD page over a session with every widget on: nothing is drawn while nothing changes, and neither memory nor textures grow. `RACING_COACH_LONG` makes
 * that ten minutes in real time and an hour as fast as the page takes it. How long a frame takes is measured by the benchmark `hud`, not tested.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ticksASecond } from '../../overlay/hud/scenes/scripted-session.ts';
import { chromiumPath } from './browser.ts';
import { MeasuredPage } from './measured-page.ts';

if (chromiumPath === undefined)
  console.log('skipped: what the HUD costs: no Chromium was found (set CHROMIUM to its path)');

const long = process.env['RACING_COACH_LONG'] !== undefined;
const realTimeS = long ? 600 : 6;
const hastenedS = long ? 3600 : 480;
const mostHeapBytes = 1_000_000;
/**
 * Words have a texture each and Pixi keeps those that were given up in a pool, one of each size for as many as there were at once, in each panel's
 * context. Words are few and the same ones come again, so that it fills with the first laps.
 */
const mostTextures = 300;
const mostMoreTextures = 20;

describe.skipIf(chromiumPath === undefined)('what the HUD costs', () => {
  let page: MeasuredPage;
  beforeAll(async () => {
    page = await MeasuredPage.open();
  }, 120_000);
  afterAll(() => page?.close());

  test(
    `draws for ${realTimeS} s in real time, and nothing once nothing changes`,
    async () => {
      page.hub.play(page.session);
      await page.page.waitForTimeout(realTimeS * 1000);
      expect((await page.frames()).drawn).toBeGreaterThan(realTimeS);
      expect(await page.drawnWhileStanding(2)).toBe(0);
      page.hub.play(page.session);
      const { drawn } = await page.frames();
      await expect.poll(async () => (await page.frames()).drawn, { timeout: 15_000 }).toBeGreaterThan(drawn);
      page.hub.stop();
    },
    120_000 + realTimeS * 1000,
  );

  test(
    `keeps no memory and no texture over ${hastenedS / 60} min`,
    async () => {
      const half = (hastenedS * ticksASecond) / 2;
      await page.hasten(half);
      const [heap, textures] = [await page.heapBytes(), await page.textures()];
      await page.hasten(half);
      const [heapAfter, texturesAfter] = [await page.heapBytes(), await page.textures()];
      console.log(`heap ${heap} -> ${heapAfter} bytes, textures ${textures} -> ${texturesAfter}`);
      expect(heapAfter - heap).toBeLessThan(mostHeapBytes);
      expect(textures).toBeGreaterThan(0);
      expect(texturesAfter).toBeLessThan(mostTextures);
      expect(texturesAfter - textures).toBeLessThan(mostMoreTextures);
      expect(page.errors).toEqual([]);
    },
    120_000 + hastenedS * 1000,
  );
});
