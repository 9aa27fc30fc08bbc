/**
 * The pages that a driver, a streamer or a developer opens beside the settings page: without a serious finding of axe in every theme, over white and over
 * black where they are transparent, and by keyboard where there is something to press. The page for arranging widgets is in `tests/shell`.
 */
import type { Server } from 'node:http';
import { type HubMessage, obsLayouts, settingsMessage, soundSettings, themes } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionBoard } from '../../overlay/hud/scenes/session-board.ts';
import { buildAndServe, chromiumPath, launchChromium, until } from '../visual/browser.ts';
import { FakeHub } from '../visual/fake-hub.ts';
import { focusStop, seriousFindings, standOver } from './axe.ts';

if (chromiumPath === undefined) console.log('skipped: pages and axe: no Chromium was found');

const token = 'a-token';
const behinds = ['#fff', '#000'];

const dressed = (theme: (typeof themes)[number]): HubMessage =>
  settingsMessage.parse({ type: 'settings', hud: { autoHide: false }, look: { theme } });

describe.skipIf(chromiumPath === undefined)('pages', () => {
  let browser: Browser;
  let server: Server;
  let hub: FakeHub;
  let origin: string;

  beforeAll(async () => {
    const served = await buildAndServe();
    server = served.server;
    origin = `http://127.0.0.1:${served.port}`;
    const sound: HubMessage = { type: 'sound-settings', settings: soundSettings.parse({}) };
    hub = new FakeHub(server, { token, board: [...sessionBoard, sound] });
    hub.drive(25);
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    hub?.stop();
    await browser?.close();
    server?.close();
  });

  async function open(path: string, ready: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(`${origin}${path}`);
    await until(page, ready);
    return page;
  }

  const drawn = [
    { name: 'HUD', path: '/hud/', ready: 'window.__racingCoach !== undefined' },
    ...obsLayouts.map((layout) => ({
      name: `OBS ${layout}`,
      path: `/obs/${layout}`,
      ready: 'window.__racingCoachObs !== undefined',
    })),
  ];
  test.each(drawn)(
    '$name: no serious finding, in any theme, over white and over black',
    async ({ path, ready }) => {
      const page = await open(`${path}?token=${token}`, ready);
      for (const theme of themes) {
        hub.say(dressed(theme));
        for (const behind of behinds) {
          await standOver(page, behind);
          expect(await seriousFindings(page), `${theme} over ${behind}`).toEqual([]);
        }
      }
      await page.close();
    },
    120_000,
  );

  test('a page that cannot draw says so legibly over anything', async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto(`${origin}/hud/?token=${token}`);
    await page.getByText('Racing Coach cannot draw here').waitFor();
    for (const behind of behinds) {
      await standOver(page, behind);
      expect(await seriousFindings(page)).toEqual([]);
    }
    await page.close();
  }, 60_000);

  test('the sound page is started by keyboard, says how it stands, and takes its keys', async () => {
    const page = await open(`/audio/?token=${token}`, 'window.__racingCoachSound !== undefined');
    expect(await seriousFindings(page)).toEqual([]);
    const start = page.getByRole('button', { name: 'Start sound' });
    if (await start.isVisible()) {
      await page.keyboard.press('Tab');
      expect(await focusStop(page)).toMatchObject({ ring: true, free: true, what: 'button button start' });
      await page.keyboard.press('Enter');
      await start.waitFor({ state: 'hidden' });
      expect(await seriousFindings(page)).toEqual([]);
    }
    const asked = () => hub.heard.flatMap((said) => (said.type === 'sound-command' ? [said.command] : []));
    for (const key of ['m', 'f', 'u', 'l']) await page.keyboard.press(key);
    await expect.poll(asked).toEqual(['toggle-mute', 'say-flags', 'say-fuel', 'say-lap-time']);
    await page.close();
  }, 60_000);

  test('the playground: its list by keyboard, and a scene', async () => {
    const list = await open('/playground/', 'document.querySelector("nav") !== null');
    expect(await seriousFindings(list)).toEqual([]);
    await list.keyboard.press('Tab');
    expect(await focusStop(list)).toMatchObject({ ring: true, free: true });
    await list.keyboard.press('Enter');
    await list.waitForURL(/scene=/);
    await until(list, 'window.__alive?.() === true && document.querySelector("canvas") !== null');
    expect(await seriousFindings(list)).toEqual([]);
    await list.close();
  }, 60_000);
});
