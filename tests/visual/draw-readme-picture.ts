/** Draws the README's picture, `docs/hud.png`: `node tests/visual/draw-readme-picture.ts`, then look at it. */
import { join } from 'node:path';
import { buildAndServe, launchChromium } from './browser.ts';

const { server, port } = await buildAndServe();
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
await page.goto(`http://127.0.0.1:${port}/playground/?bare`);
await page.waitForFunction('window.__showScene !== undefined');
await page.evaluate(`window.__showScene('whole/showcase', 'bright')`);
await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
await page.screenshot({ path: join(import.meta.dirname, '..', '..', 'docs', 'hud.png') });
await browser.close();
server.close();
