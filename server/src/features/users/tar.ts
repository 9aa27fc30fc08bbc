/** A tape archive (POSIX ustar) piece by piece: nothing of it is held but the file that is being written. */

export interface TarFile {
  /** At most 100 bytes. */
  name: string;
  bytes: Uint8Array;
}

const block = 512;

/** Yields the archive of files as they come. */
export async function* tarOf(files: AsyncIterable<TarFile>, modifiedAt: Date): AsyncGenerator<Buffer> {
  for await (const { name, bytes } of files) {
    yield header(name, bytes.length, modifiedAt);
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const rest = bytes.length % block;
    if (rest !== 0) yield Buffer.alloc(block - rest);
  }
  yield Buffer.alloc(2 * block);
}

function header(name: string, size: number, modifiedAt: Date): Buffer {
  if (Buffer.byteLength(name) > 100) throw new RangeError('a name in the archive is longer than 100 bytes');
  const bytes = Buffer.alloc(block);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  bytes.write(name, 0);
  bytes.write(octal(0o600, 7), 100);
  bytes.write(octal(0, 7), 108);
  bytes.write(octal(0, 7), 116);
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(Math.floor(modifiedAt.getTime() / 1000), 11), 136);
  // The checksum is made with its own place full of blanks.
  bytes.write('        ', 148);
  bytes.write('0', 156);
  bytes.write('ustar\0', 257);
  bytes.write('00', 263);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${octal(sum, 6)}\0 `, 148);
  return bytes;
}
