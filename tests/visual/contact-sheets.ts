/**
 * Contact sheets of every widget scene, to be looked at: `node tests/visual/contact-sheets.ts FOLDER THEME BACKDROP HEIGHT`, for example
 * `/tmp/sheets light white 2160`. A backdrop is `white`, `black`, `bright` or `dark`; the height is the screen's.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { places, type WidgetName } from '../../overlay/hud/places.ts';
import { widgetScenes } from '../../overlay/hud/scenes/table.ts';
import { buildAndServe, launchChromium, until } from './browser.ts';

const [folder = '/tmp/sheets', theme = 'dark', backdrop = 'bright', height = '1080'] = process.argv.slice(2);
const scale = Number(height) / 1080;
const sheet = { width: 1720 * Math.max(1, scale), height: 1400 * Math.max(1, scale) };
const gap = 20;
const labelHeight = 18;

interface Cell {
  scene: string;
  widget: WidgetName;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Cells in rows, widget after widget, on as many sheets as it takes. */
function sheets(): Cell[][] {
  const all: Cell[][] = [[]];
  let [x, y, rowHeight] = [gap, gap, 0];
  for (const [widget, scenes] of Object.entries(widgetScenes) as [WidgetName, { name: string }[]][])
    for (const { name } of scenes) {
      const [wide, high] = [places[widget].width * scale, places[widget].height * scale];
      if (x + wide + gap > sheet.width) [x, y, rowHeight] = [gap, y + rowHeight + gap + labelHeight, 0];
      if (y + high + gap + labelHeight > sheet.height) {
        all.push([]);
        [x, y, rowHeight] = [gap, gap, 0];
      }
      all.at(-1)?.push({ scene: `${widget}/${name}`, widget, x, y, width: wide, height: high });
      x += wide + gap;
      rowHeight = Math.max(rowHeight, high);
    }
  return all;
}

const { server, port } = await buildAndServe();
const browser = await launchChromium();
const page = await browser.newPage({
  viewport: { width: (Number(height) * 16) / 9, height: Number(height) },
});
await page.goto(`http://127.0.0.1:${port}/playground/?bare`);
await until(page, 'window.__showScene !== undefined');
mkdirSync(folder, { recursive: true });
for (const [index, cells] of sheets().entries()) {
  const url = await page.evaluate(
    async ({ cells, sheet, theme, backdrop, gap }) => {
      const context = Object.assign(document.createElement('canvas'), sheet).getContext('2d');
      if (context === null) throw new Error('no canvas');
      const track = new Image();
      track.src = `../hud/backdrops/${backdrop}.svg`;
      const flat = backdrop === 'white' || backdrop === 'black';
      if (flat) context.fillStyle = backdrop;
      else await track.decode();
      if (flat) context.fillRect(0, 0, sheet.width, sheet.height);
      else context.drawImage(track, 0, 0, sheet.width, sheet.height);
      const show = (window as never as { __showScene(...words: unknown[]): Promise<void> }).__showScene;
      for (const { scene, x, y, height } of cells) {
        await show(scene, '', { theme });
        for (const canvas of document.querySelectorAll<HTMLCanvasElement>('canvas.panel'))
          context.drawImage(canvas, x, y);
        context.font = '12px monospace';
        context.fillStyle = backdrop === 'black' || backdrop === 'dark' ? '#9ab' : '#245';
        context.fillText(scene, x, y + height + gap - 6);
      }
      return context.canvas.toDataURL();
    },
    { cells, sheet, theme, backdrop, gap },
  );
  const file = join(folder, `${theme}-${backdrop}-${height}-${index + 1}.png`);
  writeFileSync(file, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  console.log(file);
}
await browser.close();
server.close();
