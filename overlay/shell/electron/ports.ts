/** The shell's ports on Electron and Node. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, shell } from 'electron';
import type { HubSocket } from '../engine/status-watch.ts';
import { appPages } from '../protocol/app-scheme.ts';
import type { ShellPorts } from '../shell-ports.ts';
import { PriorityKeeper } from '../system/priorities.ts';
import { openBrowserWindow } from './browser-window.ts';
import { displays } from './displays.ts';
import { spawnEngine } from './engine-process.ts';
import { saveText } from './save-dialog.ts';
import { setShortcuts } from './shortcuts.ts';
import { ShellTray } from './tray.ts';

/** Where the parts of the built app lie; `build.ts` puts them there. */
export interface AppFolders {
  pages: string;
  preload: string;
  engine: string;
  icons: string;
}

export function appFolders(root: string): AppFolders {
  return {
    pages: join(root, 'overlay', 'dist'),
    preload: join(root, 'preload.cjs'),
    engine: join(root, 'engine', 'src', 'racing-coach.cjs'),
    icons: join(root, 'icons'),
  };
}

/** @param engineWords what the engine is to do: `start`, or `demo` */
export function electronPorts(
  folders: AppFolders,
  engineWords: string[],
  log: (line: string) => void,
): ShellPorts {
  const tray = new ShellTray(folders.icons);
  const lower = (pid: number) => setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const priorities = new PriorityKeeper(lower);
  return {
    version: app.getVersion(),
    pages: new Set(appPages.filter((page) => existsSync(join(folders.pages, page, 'index.html')))),
    nowMs: () => performance.now(),
    later,
    log,
    displays,
    openWindow: (spec, events) => openBrowserWindow(spec, events, folders.preload),
    spawnEngine: (events) => spawnEngine(folders.engine, engineWords, events),
    // Node's WebSocket has no Origin: the token alone opens the hub.
    openHub: ({ hub }) => new WebSocket(hub) as unknown as HubSocket,
    fetch: (url, init) => fetch(url, init),
    showTray: (model, run) => tray.show(model, run),
    setShortcuts,
    copyText: (text) => void clipboard.writeText(text),
    saveText,
    openLink: (url) => void shell.openExternal(url),
    rendererIni: () => rendererIni(app.getPath('documents')),
    lowerPriorities: settled(() => priorities.look(processes())),
    quit: () => {
      tray.destroy();
      app.exit(0);
    },
  };
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** Once, a while after the last of several calls: a page's process appears a moment after its window. */
function settled(run: () => void): () => void {
  let cancel = () => {};
  return () => {
    cancel();
    cancel = later(2000, run);
  };
}

const processes = () =>
  app
    .getAppMetrics()
    .map(({ pid, type, name, serviceName }) => ({ pid, type, name: name ?? serviceName ?? '' }));

/** The monitor's file; the ones for headsets and triple screens have other names and no full-screen setting. */
async function rendererIni(documents: string): Promise<string | null> {
  try {
    return await readFile(join(documents, 'iRacing', 'rendererDX11Monitor.ini'), 'utf8');
  } catch {
    return null;
  }
}
