import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, legible, worstGround } from './legible.ts';
import { alphas, palettes, type Theme } from './tokens.ts';

describe.each(Object.keys(palettes) as Theme[])('in the theme %s', (theme) => {
  const { plate, ink } = palettes[theme];
  const ground = worstGround(plate, alphas[theme].plate);
  const over = (scene: number) =>
    [16, 8, 0].reduce((rgb, shift) => {
      const own = ((plate >> shift) & 255) * alphas[theme].plate;
      return (rgb << 8) | Math.round(own + scene * (1 - alphas[theme].plate));
    }, 0);

  test('any colour reads on the plate, with a white, a black or any grey scene behind it', () => {
    fc.assert(
      fc.property(fc.nat(0xffffff), fc.nat(255), (colour, scene) => {
        const shown = legible(colour, ground, ink);
        for (const behind of [0, scene, 255])
          expect(contrast(shown, over(behind))).toBeGreaterThanOrEqual(4.5);
        expect(contrast(shown, plate)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

test('a colour that reads stays as it is; one that does not keeps its hue', () => {
  const { plate, ink } = palettes.dark;
  const ground = worstGround(plate, alphas.dark.plate);
  expect(legible(0x56b4e9, ground, ink)).toBe(0x56b4e9);
  const blue = legible(0x0000ff, ground, ink);
  expect(blue & 255).toBeGreaterThan(blue >> 16);
});
