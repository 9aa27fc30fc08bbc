/** Comparing pictures, in the browser that drew them: it has a PNG decoder already. */
import type { Page } from 'playwright-core';
import { tolerances } from './tolerances.ts';

export interface Difference {
  /** Share of pixels that differ by more than the channel tolerance; 1 when the sizes differ. */
  share: number;
  /** The largest difference of a channel anywhere. */
  largest: number;
}

/** Different colours in the picture: 1 is a flat area, on which nothing was drawn. */
export function coloursOf(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    return new Set(new Uint32Array(Uint8Array.from(pixels).buffer)).size;
  }, png.toString('base64'));
}

export function difference(page: Page, drawn: Buffer, baseline: Buffer): Promise<Difference> {
  return page.evaluate(
    async ([drawnPng, baselinePng, channel]) => {
      const pixels = async (base64: string) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        return context?.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [a, b] = [await pixels(drawnPng), await pixels(baselinePng)];
      if (!a || !b || a.width !== b.width || a.height !== b.height) return { share: 1, largest: 255 };
      let differing = 0;
      let largest = 0;
      for (let pixel = 0; pixel < a.data.length; pixel += 4) {
        let most = 0;
        for (let part = pixel; part < pixel + 4; part += 1)
          most = Math.max(most, Math.abs((a.data[part] ?? 0) - (b.data[part] ?? 0)));
        if (most > channel) differing += 1;
        largest = Math.max(largest, most);
      }
      return { share: differing / (a.data.length / 4), largest };
    },
    [drawn.toString('base64'), baseline.toString('base64'), tolerances.channel] as const,
  );
}
