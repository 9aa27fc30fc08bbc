/** Opens a page in the user's browser where there is a display. Not being able to is no failure: the address was printed. */
import { spawn } from 'node:child_process';
import type { Context } from '../cli/command.ts';
import { loadSettings } from '../data/settings-file.ts';

type Environment = Record<string, string | undefined>;

/** The program that opens an address, or null where nobody would see it. */
export function browserCommand(
  url: string,
  env: Environment,
  platform: NodeJS.Platform,
): [program: string, words: string[]] | null {
  // Continuous integration has no one to look.
  if (env['CI']) return null;
  if (platform === 'darwin') return ['open', [url]];
  // `start` is a word of the shell; the empty title keeps it from taking the address for one. `&` would end the command.
  if (platform === 'win32') return ['cmd', ['/c', 'start', '""', url.replaceAll('&', '^&')]];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', [url]] : null;
}

/** Resolves to whether a browser was asked. */
export function openBrowser(
  url: string,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const command = browserCommand(url, env, platform);
  if (command === null) return Promise.resolve(false);
  const [program, words] = command;
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'ignore', detached: true, windowsVerbatimArguments: true });
    child.on('error', () => resolve(false));
    child.on('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** As the settings have it. A browser that does not open is said and is no failure: the address stands above. */
export async function showInBrowser(url: string, { dataDir, terminal }: Context): Promise<void> {
  const { settings, notice } = loadSettings(dataDir, new Date());
  if (notice !== null) terminal.tell(notice);
  if (settings.hub.openBrowser && !(await openBrowser(url, process.env)))
    terminal.tell(
      'No browser was opened: open the address above in one; &backdrop=bright puts a track behind it.',
    );
}
