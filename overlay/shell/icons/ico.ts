/** Windows' icon file: a directory of pictures, each a PNG as it is (Windows Vista and later read that). */

export interface IconPicture {
  /** Pixels along a side, at most 256. */
  size: number;
  png: Uint8Array;
}

const headerBytes = 6;
const entryBytes = 16;

export function icoOf(pictures: readonly IconPicture[]): Uint8Array {
  const head = headerBytes + entryBytes * pictures.length;
  const total = pictures.reduce((sum, { png }) => sum + png.length, head);
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  view.setUint16(2, 1, true);
  view.setUint16(4, pictures.length, true);
  let at = head;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = headerBytes + entryBytes * index;
    // A byte holds up to 255; 0 stands for 256.
    view.setUint8(entry, size % 256);
    view.setUint8(entry + 1, size % 256);
    view.setUint16(entry + 4, 1, true);
    view.setUint16(entry + 6, 32, true);
    view.setUint32(entry + 8, png.length, true);
    view.setUint32(entry + 12, at, true);
    file.set(png, at);
    at += png.length;
  }
  return file;
}
