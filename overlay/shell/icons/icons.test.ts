import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icoOf } from './ico.ts';
import { markSvg } from './mark.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, name));
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
const signature = '89504e470d0a1a0a';

/** Pictures of an icon file, by its own directory. */
function pictures(ico: Buffer): Buffer[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = ico.readUInt32LE(6 + 16 * index + 12);
    return ico.subarray(at, at + ico.readUInt32LE(6 + 16 * index + 8));
  });
}

test('the icon holds a whole picture for every size that Windows asks for', () => {
  const sizes = pictures(read('icon.ico')).map((png) => {
    expect(png.subarray(0, 8).toString('hex')).toBe(signature);
    expect(png.subarray(-8, -4).toString('ascii')).toBe('IEND');
    return sizeOf(png);
  });
  expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256].map((size) => [size, size]));
});

test('a picture of 256 pixels has 0 in the directory', () => {
  const ico = Buffer.from(icoOf([{ size: 256, png: Uint8Array.of(1, 2, 3) }]));
  expect([ico[6], ico[7]]).toEqual([0, 0]);
  expect(pictures(ico)[0]).toEqual(Buffer.from([1, 2, 3]));
});

test('the tray has its three marks in three sizes', () => {
  for (const state of ['idle', 'live', 'trouble'])
    for (const [name, size] of [
      ['', 16],
      ['@1.5x', 24],
      ['@2x', 32],
    ] as const)
      expect(sizeOf(read(`tray-${state}${name}.png`)), `${state}${name}`).toEqual([size, size]);
  expect(readdirSync(import.meta.dirname).filter((name) => name.startsWith('tray-'))).toHaveLength(9);
});

test('the committed drawing is the one that the code draws, and states differ in form', () => {
  expect(read('icon.svg').toString()).toBe(markSvg('app'));
  const shapes = (['idle', 'live', 'trouble'] as const).map((state) =>
    markSvg(state).replaceAll(/#[0-9a-f]+/g, ''),
  );
  expect(new Set(shapes).size).toBe(3);
});
