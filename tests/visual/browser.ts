/** A Chromium that draws the same pixels every time, and a server that gives pages away as strictly as the hub does. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildPages } from '../../overlay/build.ts';

/** `CHROMIUM` names another one; Debian's is the first place to look. */
const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path));

/** Software WebGL, no hinting, one colour profile: pictures differ between machines only by Chromium's version. */
const flags = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--font-render-hinting=none',
  '--force-device-scale-factor=1',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

export async function launchChromium(more: string[] = []): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium was found.');
  return chromium.launch({ executablePath: chromiumPath, args: [...flags, ...more] });
}

const patienceMs = 60_000;

/** Until an expression is true in the page. Asked by the debugger each time: playwright's own waiting evaluates in the page, which the pages' policy forbids. */
export async function until(page: Page, expression: string): Promise<void> {
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; ) {
    if ((await page.evaluate(expression)) === true) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`Not within ${patienceMs / 1000} s: ${expression}`);
}

/** The hub's policy for pages, so that a page that needs more fails here and not at a driver's. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self' ws://127.0.0.1:* ws://localhost:*";

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.ogg': 'audio/ogg',
};

export interface Served {
  server: Server;
  port: number;
}

/** Builds the pages into a folder of its own, so that test files can run side by side, and serves them. */
export async function buildAndServe(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'racing-coach-pages-'));
  await buildPages(folder);
  const served = await servePages(folder);
  served.server.once('close', () => rm(folder, { recursive: true, force: true }));
  return served;
}

/** The OBS page has an address for each of its layouts. */
const layoutPage = (path: string) => (/^\/obs\/[a-z]+$/.test(path) ? '/obs/index.html' : path);

/** Serves a folder on a free port of the loopback. */
export function servePages(folder: string): Promise<Served> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://local').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : layoutPage(path));
    try {
      const body = await readFile(file);
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 });
    });
  });
}
