import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, legible, legibleContrast } from './legible.ts';
import { alphas, palettes, type Theme } from './tokens.ts';

test.each(Object.keys(palettes) as Theme[])('any colour reads on the plate of the theme %s', (theme) => {
  const { plate, ink } = palettes[theme];
  fc.assert(
    fc.property(fc.nat(0xffffff), (colour) => {
      expect(contrast(legible(colour, plate, ink), plate)).toBeGreaterThanOrEqual(legibleContrast);
    }),
  );
});

test.each(Object.keys(palettes) as Theme[])(
  'in the theme %s any colour also reads with a white or a black scene behind the plate',
  (theme) => {
    const { plate, ink } = palettes[theme];
    const over = (scene: number) =>
      [16, 8, 0].reduce((rgb, shift) => {
        const own = ((plate >> shift) & 255) * alphas[theme].plate;
        return (rgb << 8) | Math.round(own + scene * (1 - alphas[theme].plate));
      }, 0);
    fc.assert(
      fc.property(fc.nat(0xffffff), fc.constantFrom(0, 255), (colour, scene) => {
        expect(contrast(legible(colour, plate, ink), over(scene))).toBeGreaterThanOrEqual(4.5);
      }),
    );
  },
);

test('a colour that reads stays as it is; one that does not keeps its hue', () => {
  const { plate, ink } = palettes.dark;
  expect(legible(0x56b4e9, plate, ink)).toBe(0x56b4e9);
  const blue = legible(0x0000ff, plate, ink);
  expect(blue & 255).toBeGreaterThan(blue >> 16);
});
