/**
 * The shell's pages in a real Chromium under the shell's own headers. HUD: what the planned windows show together is what one large HUD shows. Edit
 * page: mouse and keys move widgets in the real edit model.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overlaySettings } from '@racing-coach/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from '../../overlay/build.ts';
import { editAction } from '../../overlay/shell/edit/actions.ts';
import { EditSession } from '../../overlay/shell/edit/edit-session.ts';
import { windowPolicy } from '../../overlay/shell/policy/window-policy.ts';
import { answerApp } from '../../overlay/shell/protocol/app-protocol.ts';
import { appOrigin } from '../../overlay/shell/protocol/app-scheme.ts';
import { pageFolder } from '../../overlay/shell/protocol/page-folder.ts';
import type { Display } from '../../overlay/shell/windows/placement.ts';
import { wantedWindows } from '../../overlay/shell/windows/wanted-windows.ts';
import { focusStop, seriousFindings, standOver } from '../pages/axe.ts';
import { chromiumPath, launchChromium } from '../visual/browser.ts';

if (chromiumPath === undefined) console.log('skipped: the shell’s pages: no Chromium was found');

const overlay = overlaySettings.parse({});
const display: Display = {
  id: '7',
  bounds: { x: 0, y: 0, width: 1280, height: 720 },
  scaleFactor: 1,
  primary: true,
};

describe.skipIf(chromiumPath === undefined)('the shell’s pages', () => {
  let folder: string;
  let server: Server;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-shell-pages-'));
    await buildPages(folder, (name) => name !== 'playground');
    // Chromium without Electron does not know our scheme: the same answers over HTTP.
    server = createServer(async (request, response) => {
      const answer = await answerApp(new Request(`${appOrigin}${request.url}`), {
        readPage: pageFolder(folder),
        engine: () => ({ port: 1, token: 'x' }),
        fetch: () => Promise.reject(new Error('no engine')),
      });
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(url: string, size: { width: number; height: number }) {
    const page = await browser.newPage({ viewport: size });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
    return { page, complaints, url: url.replace(appOrigin, origin) };
  }

  /** The HUD once it has settled on having no engine; a picture of each clip, or of all. */
  async function hudPictures(
    url: string,
    size: { width: number; height: number },
    clips: Display['bounds'][],
  ) {
    const { page, complaints, url: address } = await opened(url, size);
    await page.goto(address);
    await page.waitForFunction('window.__racingCoach !== undefined');
    await page.waitForTimeout(1500);
    const pictures: Buffer[] = [];
    for (const clip of clips) pictures.push(await page.screenshot({ clip }));
    await page.close();
    return { pictures, complaints };
  }

  test('each HUD window shows its part of the whole, and its policy suffices', async () => {
    const policy = windowPolicy({
      overlay,
      engineReady: true,
      status: 'coaching',
      editing: false,
      hiddenByUser: false,
      blank: false,
      level: 'full',
    });
    const hub = 'ws://127.0.0.1:1/hub?token=x';
    const pages = new Set(['hud'] as const);
    const windows = wantedWindows({
      policy,
      overlay,
      displays: [display],
      level: 'full',
      hub,
      opened: [],
      pages,
    });
    expect(windows.length).toBeGreaterThan(1);
    const bounds = windows.map((window) => window.bounds);
    const whole = await hudPictures(`${appOrigin}/hud/`, display.bounds, bounds);
    for (const [index, { key, url, bounds: own }] of windows.entries()) {
      const window = await hudPictures(url, own, [{ ...own, x: 0, y: 0 }]);
      expect(window.complaints, key).toEqual([]);
      expect(whole.pictures[index]?.equals(window.pictures[0] ?? Buffer.alloc(0)), key).toBe(true);
    }
    // Not merely all empty.
    expect(new Set(whole.pictures.map((picture) => picture.toString('base64'))).size).toBe(windows.length);
  }, 120_000);

  async function editPage() {
    const { page, complaints, url } = await opened(`${appOrigin}/edit/?display=7`, display.bounds);
    const tell = (model: unknown) =>
      page
        .evaluate((words) => (window as never as { heard(words: unknown): void }).heard(words), model)
        .catch(() => {});
    const session = new EditSession({ onChange: (model) => void tell(model) });
    const ends: string[] = [];
    session.begin(overlay, [display]);
    await page.exposeFunction('asked', (name: string, action: { kind: string }) => {
      if (name === 'edit:state') return session.model;
      if (action.kind === 'save' || action.kind === 'discard') ends.push(action.kind);
      else session.act(editAction.parse(action));
      return undefined;
    });
    await page.addInitScript(() => {
      const own = window as never as Record<string, unknown>;
      own['racingCoach'] = {
        ask: own['asked'],
        listen: (_: string, run: unknown) => {
          own['heard'] = run;
        },
      };
    });
    await page.goto(url);
    await page.locator('.widget:visible').first().waitFor();
    const box = (name: string) => session.model?.widgets.find((widget) => widget.name === name)?.box;
    return { page, session, ends, box, complaints };
  }

  const settled = (page: Page) => page.waitForTimeout(150);

  test('a widget is dragged with the mouse, and the picture follows', async () => {
    const { page, session, box, complaints } = await editPage();
    const from = box('cornerCard');
    if (from === undefined) throw new Error('no corner card');
    await page.mouse.move(from.x + 20, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(220, 320, { steps: 5 });
    await settled(page);
    await page.mouse.move(420, 320);
    await settled(page);
    await page.mouse.up();
    await expect.poll(() => session.model?.held).toBeNull();
    expect(box('cornerCard')).toMatchObject({ x: 400, y: 300 });
    expect(session.model?.undo).toHaveLength(1);
    const drawn = await page.getByText('Corner card', { exact: true }).boundingBox();
    expect(drawn).toMatchObject({ x: 400, y: 300 });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('everything can be done with the keys', async () => {
    const { page, session, ends, box } = await editPage();
    const names = session.model?.widgets.map(({ name }) => name) ?? [];
    await page.keyboard.press('Tab');
    await expect.poll(() => session.model?.selected).toBe(names[0]);
    const before = box(names[0] ?? '');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Shift+ArrowLeft');
    await expect
      .poll(() => box(names[0] ?? ''))
      .toMatchObject({ x: (before?.x ?? 0) - 40, y: (before?.y ?? 0) - 4 });
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => box(names[0] ?? '')).toEqual(before);
    await page.keyboard.press('Enter');
    await expect.poll(() => ends).toEqual(['save']);
    await page.getByRole('button', { name: /Discard/ }).click();
    await expect.poll(() => ends).toEqual(['save', 'discard']);
    await page.close();
  });

  test('Tab goes through the widgets, to the buttons, and round; what is selected is read out', async () => {
    const { page, session, ends } = await editPage();
    const names = session.model?.widgets.map(({ name }) => name) ?? [];
    for (const name of names) {
      await page.keyboard.press('Tab');
      await expect.poll(() => session.model?.selected).toBe(name);
      await expect.poll(() => page.getByRole('status').textContent()).toContain('from the left');
    }
    for (const label of ['discard', 'save']) {
      await page.keyboard.press('Tab');
      expect(await focusStop(page)).toEqual({ what: `button button ${label}`, ring: true, free: true });
      await expect.poll(() => session.model?.selected).toBeNull();
    }
    await page.keyboard.press('Tab');
    await expect.poll(() => session.model?.selected).toBe(names[0]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect.poll(async () => (await focusStop(page)).what).toContain('discard');
    await page.keyboard.press('Enter');
    await expect.poll(() => ends).toEqual(['discard']);
    await page.close();
  });

  test('nothing serious for axe over a white and over a black scene, with and without a selection', async () => {
    const { page, session } = await editPage();
    for (const behind of ['#fff', '#000']) {
      await standOver(page, behind);
      expect(await seriousFindings(page), behind).toEqual([]);
      session.act({ kind: 'select-next', backwards: false });
      await settled(page);
      expect(await seriousFindings(page), behind).toEqual([]);
    }
    await page.close();
  });
});
