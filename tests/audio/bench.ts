/** Opens the bench page in Chromium beside the built pages, under the hub's own policy. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { buildPages } from '../../overlay/build.ts';
import { launchChromium, type Served, servePages } from '../visual/browser.ts';

export interface AudioBench {
  browser: Browser;
  page: Page;
  served: Served;
  /** Errors and broken policies that the browser complained about. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openBench(): Promise<AudioBench> {
  const folder = await mkdtemp(join(tmpdir(), 'racing-coach-audio-'));
  await buildPages(folder);
  await build({
    entryPoints: [join(import.meta.dirname, 'bench-page.ts')],
    outfile: join(folder, 'bench.js'),
    bundle: true,
    format: 'esm',
    target: 'chrome120',
    // zod must not compile code: see `overlay/link/strict-page.ts`.
    banner: { js: 'globalThis.__zod_globalConfig = { jitless: true };' },
  });
  await writeFile(
    join(folder, 'bench.html'),
    '<!doctype html><script type="module" src="bench.js"></script>',
  );
  const served = await servePages(folder);
  const browser = await launchChromium(['--autoplay-policy=no-user-gesture-required']);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${served.port}/bench.html`);
  await page.waitForFunction('window.__bench !== undefined');
  const close = async () => {
    await browser.close();
    served.server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { browser, page, served, complaints, close };
}

/** What the page sent as text. */
export function samplesOf(base64: string): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Float32Array(bytes.buffer);
}
