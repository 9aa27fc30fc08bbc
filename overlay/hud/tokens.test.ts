import { expect, test } from 'vitest';
import { alpha, colour } from './tokens.ts';

const channels = (rgb: number) => [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (light: readonly number[], dark: readonly number[]) =>
  (luminance(light) + 0.05) / (luminance(dark) + 0.05);

const plate = channels(colour.plate);
const plateOverWhite = plate.map((value) => value * alpha.plate + 255 * (1 - alpha.plate));

test.each(['ink', 'muted', 'attention'] as const)('text in %s reads on the plate at 7 : 1', (name) => {
  expect(contrast(channels(colour[name]), plate)).toBeGreaterThanOrEqual(7);
  expect(contrast(channels(colour[name]), plateOverWhite)).toBeGreaterThanOrEqual(4.5);
});

test.each(['gain', 'loss', 'attention', 'throttle', 'brake'] as const)(
  'a bar in %s reads at 4.5 : 1 even with white behind the plate',
  (name) => {
    expect(contrast(channels(colour[name]), plateOverWhite)).toBeGreaterThanOrEqual(4.5);
  },
);

test.each(['gain', 'loss', 'brake', 'attention'] as const)(
  'dark text on a block of %s reads at 7 : 1',
  (name) => {
    expect(contrast(channels(colour[name]), plate)).toBeGreaterThanOrEqual(7);
  },
);
