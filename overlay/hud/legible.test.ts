import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, legible, legibleContrast } from './legible.ts';
import { palettes, type Theme } from './tokens.ts';

test.each(Object.keys(palettes) as Theme[])('any colour reads on the plate of the theme %s', (theme) => {
  const { plate, ink } = palettes[theme];
  fc.assert(
    fc.property(fc.nat(0xffffff), (colour) => {
      expect(contrast(legible(colour, plate, ink), plate)).toBeGreaterThanOrEqual(legibleContrast);
    }),
  );
});

test('a colour that reads stays as it is; one that does not keeps its hue', () => {
  const { plate, ink } = palettes.dark;
  expect(legible(0x56b4e9, plate, ink)).toBe(0x56b4e9);
  const blue = legible(0x0000ff, plate, ink);
  expect(blue & 255).toBeGreaterThan(blue >> 16);
});
