/** Start of the app: Electron's parts behind the shell's ports, in the order that Electron wants. No decision is taken here. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import { engineWords } from '../engine/engine-words.ts';
import { pageFolder } from '../protocol/page-folder.ts';
import { Shell } from '../shell.ts';
import { bootOverlay, settingsPath } from '../system/boot-settings.ts';
import { gpuSwitches } from '../system/gpu-switches.ts';
import { logFile } from '../system/log-file.ts';
import { onDisplays } from './displays.ts';
import { listen } from './ipc.ts';
import { appFolders, electronPorts } from './ports.ts';
import { prepareSession, registerScheme } from './session.ts';

const settings = settingsPath(process.env, process.platform, homedir());
const log = logFile(join(dirname(settings), 'shell.log'));
const overlay = bootOverlay(readText(settings));
const folders = appFolders(app.getAppPath());

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Chromium reads its switches when Electron becomes ready. */
function applySwitches(): void {
  const { disableHardwareAcceleration, switches, disabledFeatures } = gpuSwitches(overlay.gpu);
  if (disableHardwareAcceleration) app.disableHardwareAcceleration();
  for (const { name, value } of switches) app.commandLine.appendSwitch(name, value);
  if (disabledFeatures.length > 0)
    app.commandLine.appendSwitch('disable-features', disabledFeatures.join(','));
}

function run(): void {
  const shell = new Shell(electronPorts(folders, engineWords(process.argv), log), overlay);
  prepareSession({
    readPage: pageFolder(folders.pages),
    engine: () => shell.engineAddress,
    fetch: (url, init) => fetch(url, init),
  });
  listen({ kindOf: shell.kindOf, handlers: shell.handlers, log });
  onDisplays(() => shell.displaysChanged());
  app.on('browser-window-focus', () => shell.focusChanged());
  app.on('browser-window-blur', () => shell.focusChanged());
  app.on('second-instance', () => shell.secondInstance());
  // The tray keeps the app alive; windows come and go.
  app.on('window-all-closed', () => {});
  app.on('before-quit', (event) => {
    event.preventDefault();
    void shell.quit();
  });
  shell.start();
}

// One app: a second one tells the first that it was wanted, and ends.
if (app.requestSingleInstanceLock()) {
  registerScheme();
  applySwitches();
  app.enableSandbox();
  // The installer's shortcuts carry the same: Windows groups and pins by it.
  app.setAppUserModelId('com.racing-coach.app');
  process.on('uncaughtException', (error) => log(`Not caught: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => log(`Not caught: ${String(reason)}`));
  void app.whenReady().then(run);
} else app.quit();
