import { themes } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { alphas, palettes } from './tokens.ts';

const channels = (rgb: number) => [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const scenes = { white: 255, black: 0 };

describe.each(themes)('in the theme %s', (theme) => {
  const colour = palettes[theme];
  const plate = channels(colour.plate);
  const over = (scene: number) =>
    plate.map((value) => value * alphas[theme].plate + scene * (1 - alphas[theme].plate));

  test.each(['ink', 'muted', 'attention'] as const)('text in %s reads on the plate at 7 : 1', (name) => {
    expect(contrast(channels(colour[name]), plate)).toBeGreaterThanOrEqual(7);
    for (const scene of Object.values(scenes))
      expect(contrast(channels(colour[name]), over(scene))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['gain', 'loss', 'attention', 'throttle', 'brake'] as const)(
    'a bar in %s reads at 4.5 : 1 with a white and with a black scene behind the plate',
    (name) => {
      for (const scene of Object.values(scenes))
        expect(contrast(channels(colour[name]), over(scene))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['gain', 'loss', 'brake', 'attention'] as const)(
    'the plate’s colour on a block of %s reads at 7 : 1',
    (name) => {
      expect(contrast(channels(colour[name]), plate)).toBeGreaterThanOrEqual(7);
    },
  );

  test.each(['protan', 'deutan', 'tritan'] as const)('gain and loss stay apart for %s eyes', (kind) => {
    const [a, b] = [seen(kind, colour.gain), seen(kind, colour.loss)];
    const distance = Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
    expect(distance).toBeGreaterThan(60);
  });
});

/** Machado, Oliveira and Fernandes 2009, severity 1: what a colour looks like without one kind of cone. */
const matrices = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seen(kind: keyof typeof matrices, rgb: number): number[] {
  const linear = channels(rgb).map((value) => (value / 255) ** 2.2);
  const rows = [0, 3, 6].map((start) => matrices[kind].slice(start, start + 3));
  return rows.map((row) => {
    const value = row.reduce((sum, part, index) => sum + part * (linear[index] ?? 0), 0);
    return 255 * Math.min(1, Math.max(0, value)) ** (1 / 2.2);
  });
}
