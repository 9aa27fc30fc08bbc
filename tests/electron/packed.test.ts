/**
 * The packed app as it is shipped, archive, fuses and all: `RACING_COACH_APP` is its program. Playwright's way into Electron's main process is shut
 * by a fuse, so only its pages are looked at, over Chromium's own port.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawsTheEngine, hasNoPower } from './page-checks.ts';

const program = process.env['RACING_COACH_APP'];
const port = 47_977;
if (program === undefined) console.log('skipped: the packed app: RACING_COACH_APP names no program');

describe.skipIf(program === undefined)('the packed app', () => {
  let dataDir: string;
  let app: ChildProcess;
  let browser: Browser;
  let hud: Page;

  const start = (env: Record<string, string> = {}, words: string[] = []) =>
    spawn(program ?? '', [`--remote-debugging-port=${port}`, '--demo', ...words], {
      env: { ...process.env, RACING_COACH_DATA_DIR: dataDir, ...env },
      stdio: 'ignore',
    });

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'racing-coach-packed-'));
    app = start();
    const connect = () => chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => null);
    await expect
      .poll(
        async () => {
          browser ??= (await connect()) as Browser;
          return browser !== null;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    const pages = () => browser.contexts().flatMap((context) => context.pages());
    const huds = () => pages().filter((page) => page.url().startsWith('racing-coach://app/hud/'));
    await expect.poll(huds, { timeout: 60_000 }).not.toHaveLength(0);
    hud = huds()[0] as Page;
  }, 150_000);
  afterAll(async () => {
    await browser?.close();
    app?.kill();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  });

  test('the HUD draws what the engine says', () => drawsTheEngine(hud));
  test('a page has no Node, no Electron and no way out', () => hasNoPower(hud));

  test('nothing went wrong unnoticed', () => {
    const log = join(dataDir, 'shell.log');
    expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('Not caught');
  });

  test('it is no Node for others', async () => {
    const script =
      'require("fs").writeFileSync(require("path").join(process.env.RACING_COACH_DATA_DIR, "ran"), "")';
    const other = start({ ELECTRON_RUN_AS_NODE: '1' }, ['-e', script]);
    await new Promise((resolve) => other.once('close', resolve));
    expect(existsSync(join(dataDir, 'ran'))).toBe(false);
  });
});
