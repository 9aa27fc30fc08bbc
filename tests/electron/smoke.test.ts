/**
 * The app in a real Electron: starts, runs the engine, serves its pages from its own scheme, keeps pages powerless, ends whole. Runs where an
 * Electron binary is (`ELECTRON`, or the one that `npx install-electron` fetched; the packaged app with `RACING_COACH_APP`).
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../overlay/shell/build.ts';

const root = join(import.meta.dirname, '..', '..');
const packaged = process.env['RACING_COACH_APP'];

/** The binary's path; the package throws while it is not there. */
function electronBinary(): string | null {
  try {
    const given = process.env['ELECTRON'];
    const path = given ?? String(createRequire(join(root, 'overlay', 'package.json'))('electron'));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

const binary = packaged ?? electronBinary();
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
        ...(packaged === undefined ? [join(folder, 'app')] : []),
        '--demo',
      ],
      env: { ...process.env, RACING_COACH_DATA_DIR: dataDir } as Record<string, string>,
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-electron-'));
    if (packaged === undefined) await buildApp(join(folder, 'app'));
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

  test('the HUD draws what the engine says', async () => {
    await hud.waitForFunction('window.__racingCoach !== undefined');
    const sequence = async () => Number(await hud.evaluate('window.__racingCoach.snapshot().sequence'));
    await expect.poll(sequence, { timeout: 30_000 }).toBeGreaterThan(30);
  });

  test('a page has no Node, no Electron and no way out', async () => {
    expect(await hud.evaluate('[typeof require, typeof process, typeof module]')).toEqual(
      Array(3).fill('undefined'),
    );
    expect(await hud.evaluate('window.open("https://example.org/")')).toBeNull();
    expect(await hud.evaluate('fetch("https://example.org/").then(() => "went", () => "refused")')).toBe(
      'refused',
    );
    expect(await hud.evaluate('fetch("/../main.cjs").then((answer) => answer.status)')).toBe(404);
    expect(
      await hud.evaluate(
        'window.racingCoach.ask("shell:command", { kind: "edit" }).then(() => "did", () => "refused")',
      ),
    ).toBe('refused');
    expect(hud.url()).toMatch(/^racing-coach:\/\/app\/hud\//);
  });

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
