/** The voices that are there: one for each folder with a manifest. A pack that cannot be read is left out; choosing it would say why. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { voicePack } from '@racing-coach/contract';

/** Of several packs with one id the first folder's counts. */
export function voicePacks(folders: readonly string[]): { id: string; name: string }[] {
  const packs = new Map<string, string>();
  for (const folder of folders)
    for (const id of namesIn(folder)) {
      const name = nameOf(join(folder, id, 'manifest.json'));
      if (name !== null && !packs.has(id)) packs.set(id, name);
    }
  return [...packs].map(([id, name]) => ({ id, name }));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[a-z0-9-]{1,40}$/.test(name));
  } catch {
    return [];
  }
}

const named = voicePack.pick({ name: true });

function nameOf(manifest: string): string | null {
  try {
    return named.parse(JSON.parse(readFileSync(manifest, 'utf8'))).name;
  } catch {
    return null;
  }
}
