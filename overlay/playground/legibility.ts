/**
 * How well each text of a stage can be read: the colour of its glyphs against what was drawn behind them, with a white and with a black scene shining
 * through. Measured in the pixels, so that plates, blocks, lines and every opacity between them and the eye count as they are.
 */
import { type Container, Text } from 'pixi.js';
import { figuresLabel } from '../hud/drawing/figures.ts';
import { contrast } from '../hud/legible.ts';
import type { Panel } from '../hud/panel.ts';
import type { Stage } from '../hud/stage.ts';

export interface Legibility {
  text: string;
  /** 0 to 1, with everything that fades it. */
  opacity: number;
  /** 0xRRGGBB. */
  colour: number;
  /** Contrast as WCAG has it, over either scene: that of the worst glyph pixels but a twentieth, which hairlines may cross. */
  white: number;
  black: number;
}

/** Words, or the sprites of a number. */
interface Shown {
  container: Container;
  text: string;
}

const crossed = 0.05;
const scenes = { white: 255, black: 0 };

export const legibilityOf = (stage: Stage): Legibility[] => stage.panels.flatMap(ofPanel);

function ofPanel(panel: Panel): Legibility[] {
  const texts = textsIn(panel.content);
  const whole = pixelsOf(panel);
  for (const { container } of texts) container.renderable = false;
  const behind = pixelsOf(panel);
  for (const { container } of texts) container.renderable = true;
  const faded = Number(panel.canvas.style.opacity || 1);
  return texts.map((text) => judged(text, glyphsOf(text, whole, behind), behind, faded));
}

function textsIn(container: Container): Shown[] {
  if (!container.visible || container.alpha === 0) return [];
  const text = container instanceof Text ? container.text : numberOf(container);
  if (text === null) return container.children.flatMap(textsIn);
  return text.trim() === '' ? [] : [{ container, text }];
}

const numberOf = ({ label }: Container): string | null =>
  label?.startsWith(figuresLabel) ? label.slice(figuresLabel.length) : null;

/** In the same task as the drawing: afterwards the browser may have cleared the canvas. */
function pixelsOf(panel: Panel): ImageData {
  panel.redraw();
  const { width, height } = panel.canvas;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('This browser draws no 2D canvas.');
  context.drawImage(panel.canvas, 0, 0);
  return context.getImageData(0, 0, width, height);
}

/** Where a text's glyphs changed what was there; all of its box where they changed nothing, which is as bad as it gets. */
function glyphsOf(
  { container }: Shown,
  { data: drawn, width, height }: ImageData,
  { data: behind }: ImageData,
): number[] {
  const { x, y, width: wide, height: high } = container.getBounds();
  const { devicePixelRatio: ratio } = window;
  const whole = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value * ratio)));
  const box: number[] = [];
  for (let row = whole(y, height); row < whole(y + high, height); row += 1)
    for (let column = whole(x, width); column < whole(x + wide, width); column += 1)
      box.push((row * width + column) * 4);
  const glyphs = box.filter((at) => [0, 1, 2, 3].some((part) => drawn[at + part] !== behind[at + part]));
  return glyphs.length > 0 ? glyphs : box;
}

/** A pixel as a panel holds it: 0 to 255, premultiplied by how dense it is (0 to 1). */
interface Layer {
  rgb: readonly number[];
  dense: number;
}

function judged(
  { container, text }: Shown,
  glyphs: readonly number[],
  { data }: ImageData,
  faded: number,
): Legibility {
  const colour = container.getGlobalTint();
  const opacity = container.getGlobalAlpha(false);
  const ink = [16, 8, 0].map((shift) => (colour >> shift) & 255);
  const over = (scene: number) => {
    const all = glyphs.map((at) => {
      const ground = layerAt(data, at);
      return contrast(onto(scene, ground, faded), onto(scene, written(ground, ink, opacity), faded));
    });
    return all.sort((a, b) => a - b)[Math.floor(all.length * crossed)] ?? 1;
  };
  return {
    text,
    opacity: opacity * faded,
    colour,
    white: over(scenes.white),
    black: over(scenes.black),
  };
}

function layerAt(data: Uint8ClampedArray, at: number): Layer {
  const dense = (data[at + 3] ?? 0) / 255;
  return { rgb: [0, 1, 2].map((part) => (data[at + part] ?? 0) * dense), dense };
}

const written = ({ rgb, dense }: Layer, ink: readonly number[], opacity: number): Layer => ({
  rgb: rgb.map((value, part) => (ink[part] ?? 0) * opacity + value * (1 - opacity)),
  dense: opacity + dense * (1 - opacity),
});

/** What the eye gets: 0xRRGGBB. @param faded opacity of the panel as a whole */
const onto = (scene: number, { rgb, dense }: Layer, faded: number) =>
  rgb.reduce((all, value) => (all << 8) | Math.round(value * faded + scene * (1 - dense * faded)), 0);
