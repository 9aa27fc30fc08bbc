/**
 * The app in a real Electron: starts, runs the engine, serves its pages from its own scheme, keeps pages powerless, ends whole. Runs where an
 * Electron binary is: `ELECTRON`, or the one that `npx install-electron` fetched. The packed app is for `packed.test.ts`, because its fuses keep
 * Playwright's way in shut.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../overlay/shell/build.ts';
import { drawsTheEngine, hasNoPower } from './page-checks.ts';

const root = join(import.meta.dirname, '..', '..');

/** The binary, where one is. Asking the package for it would fetch one. */
function electronBinary(): string | null {
  const folder = dirname(
    createRequire(join(root, 'overlay', 'package.json')).resolve('electron/package.json'),
  );
  const name = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[
    process.platform as string
  ];
  const candidates = [process.env['ELECTRON'], join(folder, 'dist', name ?? 'electron')];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

const binary = electronBinary();
if (binary === null) console.log('skipped: the app in Electron: no Electron binary was found');

describe.skipIf(binary === null)('the app in Electron', () => {
  let folder: string;
  let app: ElectronApplication;
  let hud: Page;

  const launch = (dataDir: string) =>
    _electron.launch({
      executablePath: binary ?? '',
      args: [
        // A runner has no user namespaces for Chromium's sandbox on Linux; on Windows it stays on.
        ...(process.platform === 'linux' ? ['--no-sandbox'] : []),
        join(folder, 'app'),
        '--demo',
      ],
      env: { ...process.env, RACING_COACH_DATA_DIR: dataDir } as Record<string, string>,
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-electron-'));
    await buildApp(join(folder, 'app'));
    app = await launch(join(folder, 'data'));
    await expect.poll(hudPages, { timeout: 60_000 }).not.toHaveLength(0);
    hud = hudPages()[0] as Page;
  }, 120_000);
  afterAll(async () => {
    await app?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const hudPages = () => app.windows().filter((page) => page.url().startsWith('racing-coach://app/hud/'));

  test('shows HUD windows that no click reaches and that never take the focus', async () => {
    const windows = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => ({
        url: window.webContents.getURL(),
        focusable: window.isFocusable(),
        top: window.isAlwaysOnTop(),
        visible: window.isVisible(),
      })),
    );
    const shown = windows.filter(({ url }) => url.includes('/hud/'));
    expect(shown.length).toBeGreaterThan(0);
    for (const window of shown) expect(window).toMatchObject({ focusable: false, top: true });
  });

  test('the first run is shown; what its page may not do, the app does for it', async () => {
    const settings = () =>
      app.windows().find((page) => page.url().startsWith('racing-coach://app/settings/'));
    await expect.poll(() => settings() !== undefined, { timeout: 30_000 }).toBe(true);
    const page = settings() as Page;
    const tried = (call: string) =>
      page.evaluate(`${call}.then((answer) => answer ?? 'done', () => 'refused')`);
    expect(await tried("navigator.clipboard.writeText('x')")).toBe('refused');
    expect(await tried('navigator.mediaDevices.getUserMedia({ audio: true })')).toBe('refused');
    const source = { layout: 'coach', delayMs: 1500, audio: true };
    expect(await tried(`racingCoach.ask('obs:copy', ${JSON.stringify(source)})`)).toBe(true);
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/obs\/coach\?token=[0-9a-f]+&delay=1500&audio=1$/,
    );
    expect(await tried("racingCoach.ask('profile:export', '../settings')")).toBe('refused');
  });

  test('the HUD draws what the engine says', () => drawsTheEngine(hud));
  test('a page has no Node, no Electron and no way out', () => hasNoPower(hud));

  test('a second start ends by itself and leaves the first alone', async () => {
    const second = await launch(join(folder, 'data')).catch(() => null);
    if (second !== null) await second.waitForEvent('close').catch(() => {});
    expect(hudPages().length).toBeGreaterThan(0);
  });

  test('a page that crashes comes back', async () => {
    const id = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows().filter((one) =>
        one.webContents.getURL().includes('/hud/'),
      );
      window?.webContents.forcefullyCrashRenderer();
      return window?.id ?? -1;
    });
    const back = () =>
      app.evaluate(
        ({ BrowserWindow }, crashed) => BrowserWindow.fromId(crashed)?.webContents.isCrashed() === false,
        id,
      );
    await expect.poll(back, { timeout: 15_000 }).toBe(true);
  });
});
