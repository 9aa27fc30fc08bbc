/** The built pages on disk. The last word on where a file lies: after links are followed it must still be below the folder. */
import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

export function pageFolder(folder: string): (parts: string[]) => Promise<Uint8Array<ArrayBuffer>> {
  return async (parts) => {
    const real = await realpath(join(folder, ...parts));
    const root = await realpath(folder);
    if (!real.startsWith(root + sep)) throw new Error('outside of the pages');
    return new Uint8Array(await readFile(real));
  };
}
