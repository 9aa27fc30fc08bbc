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
 * Makes sure that something is there: installs the packages as root on Debian and its kin, else returns false.
 * @param {() => boolean} isThere
 * @param {string[]} packages
 */
export async function ensure(isThere, packages) {
  if (isThere()) return true;
  if (!canInstall()) return false;
  process.stderr.write(`Installing ${packages.join(', ')} … `);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // Another installation may be going on: it ends.
  const wait = ['-o', 'DPkg::Lock::Timeout=600'];
  await run('apt-get', [...wait, 'update'], { env });
  const words = [...wait, 'install', '-y', '--no-install-recommends', ...packages];
  const result = await run('apt-get', words, { env });
  process.stderr.write(result.code === 0 ? 'done\n' : 'failed\n');
  return result.code === 0 && isThere();
}

/**
 * As `ensure`, for programs on PATH.
 * @param {string[]} programs any of these will do
 * @param {string[]} packages
 */
export const ensureProgram = (programs, packages) =>
  ensure(() => findProgram(...programs) !== null, packages);
