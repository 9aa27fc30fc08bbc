/**
 * Where iRacing keeps its recordings and settings: `Documents/iRacing`. On Windows the Documents folder is a known folder that OneDrive and users
 * move: the registry of this user says where it is, with %VARIABLES% in it; `%USERPROFILE%\Documents` and OneDrive's copy are looked at as well.
 */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join, win32 } from 'node:path';

type Environment = Record<string, string | undefined>;

/** The value of this name is the Documents folder; it is called so for history's sake. */
const shellFolders = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders';

export interface Places {
  env: Environment;
  platform: NodeJS.Platform;
  home: string;
  /** What the registry's query prints; null where there is none. */
  registry(): Promise<string | null>;
}

export const thisMachine: Places = {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  registry: () =>
    new Promise((resolve) => {
      execFile('reg', ['query', shellFolders, '/v', 'Personal'], { timeout: 5000 }, (error, out) =>
        resolve(error === null ? out : null),
      );
    }),
};

/** The folders that may be `Documents/iRacing`, the likeliest first; they need not exist. */
export async function iracingFolders({ env, platform, home, registry }: Places): Promise<string[]> {
  if (platform !== 'win32') return [join(home, 'Documents', 'iRacing')];
  const profile = env['USERPROFILE'] ?? home;
  const registered = documentsOf((await registry()) ?? '', env);
  const oneDrive = env['OneDrive'] ?? env['OneDriveConsumer'];
  const documents = [
    registered,
    win32.join(profile, 'Documents'),
    oneDrive === undefined ? null : win32.join(oneDrive, 'Documents'),
  ].filter((folder) => folder !== null);
  return [...new Set(documents)].map((folder) => win32.join(folder, 'iRacing'));
}

/** Where recordings are looked for: what the user set, else below each of {@link iracingFolders}. */
export async function telemetryFolders(chosen: string[] | null, places: Places): Promise<string[]> {
  if (chosen !== null) return chosen;
  const path = places.platform === 'win32' ? win32 : { join };
  return (await iracingFolders(places)).map((folder) => path.join(folder, 'telemetry'));
}

/** The last column of `reg query`'s line, with its variables filled in; null when it says nothing. */
function documentsOf(printed: string, env: Environment): string | null {
  const value = /^\s*Personal\s+REG_(?:EXPAND_)?SZ\s+(.+?)\s*$/m.exec(printed)?.[1];
  if (value === undefined) return null;
  const names = new Map(Object.entries(env).map(([name, text]) => [name.toUpperCase(), text]));
  return value.replace(/%([^%]+)%/g, (whole, name: string) => names.get(name.toUpperCase()) ?? whole);
}
