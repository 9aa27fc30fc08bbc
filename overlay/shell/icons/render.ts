/** Draws the mark into the files that are committed beside it: `CHROMIUM=/usr/bin/chromium node overlay/shell/icons/render.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { icoOf } from './ico.ts';
import { type MarkState, markSvg } from './mark.ts';

const here = import.meta.dirname;
/** What Windows asks for at 100 to 400 per cent. */
const iconSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256];

async function drawn(page: Page, state: MarkState, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${markSvg(state)}`,
  );
  return page.screenshot({ omitBackground: true });
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
const page = await browser.newPage();
const pictures = [];
for (const size of iconSizes) pictures.push({ size, png: await drawn(page, 'app', size) });
writeFileSync(join(here, 'icon.ico'), icoOf(pictures));
writeFileSync(join(here, 'icon.svg'), markSvg('app'));
writeFileSync(join(here, 'icon.png'), await drawn(page, 'app', 512));
for (const state of ['idle', 'live', 'trouble'] as const) {
  writeFileSync(join(here, `tray-${state}.png`), await drawn(page, state, 16));
  // Electron takes these on displays with more pixels.
  for (const [name, size] of [
    ['@1.5x', 24],
    ['@2x', 32],
  ] as const)
    writeFileSync(join(here, `tray-${state}${name}.png`), await drawn(page, state, size));
}
await browser.close();
