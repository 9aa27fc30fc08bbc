/** Finds programs that npm and cargo cannot bring, and installs them where that needs no question. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run-step.mjs';

/** The full path of a program on PATH, or null. */
export function findProgram(...names) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of names)
      for (const ending of endings) {
        const path = join(folder, name + ending);
        if (folder !== '' && existsSync(path)) return path;
      }
  return null;
}

const canInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get') !== null;

/** The line that installs Debian's packages by hand. */
export const installLine = (packages) => `sudo apt-get install -y ${packages.join(' ')}`;

/**
 * Makes sure that a program is there: installs the packages as root on Debian and its kin, else returns false.
 * @param {string[]} programs any of these will do
 * @param {string[]} packages
 */
export async function ensureProgram(programs, packages) {
  if (findProgram(...programs)) return true;
  if (!canInstall()) return false;
  process.stderr.write(`Installing ${packages.join(', ')} … `);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  const result = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
  process.stderr.write(result.code === 0 ? 'done\n' : 'failed\n');
  return result.code === 0 && findProgram(...programs) !== null;
}
