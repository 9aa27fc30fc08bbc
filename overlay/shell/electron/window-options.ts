/** A window's specification in Electron's words. Only types come from Electron here, so that the security of every window is tested as values. */
import type { BrowserWindowConstructorOptions } from 'electron';
import type { WindowSpec } from '../windows/window-spec.ts';

/** The same for every page, whatever its window: none of it is for the settings to change. */
function pagePreferences(preload: string) {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    spellcheck: false,
    // Windows lie behind or under the sim; Chromium would slow their pages down for it.
    backgroundThrottling: false,
    // Tones are planned by the page, no click comes before them.
    autoplayPolicy: 'no-user-gesture-required',
  } as const;
}

export function windowOptions(spec: WindowSpec, preload: string): BrowserWindowConstructorOptions {
  const { fixed, traits, bounds, title } = spec;
  return {
    ...bounds,
    title,
    // Shown once it has something to show: otherwise it flashes white.
    show: false,
    // With a frame the bounds are those of the page, which is what is captured.
    useContentSize: fixed.frame,
    frame: fixed.frame,
    transparent: fixed.transparent,
    backgroundColor: fixed.transparent ? '#00000000' : '#0b0e11',
    resizable: fixed.resizable,
    maximizable: fixed.resizable,
    fullscreenable: false,
    minimizable: fixed.frame,
    hasShadow: fixed.frame,
    // Square: a widget in a rounded corner would lose it.
    roundedCorners: fixed.frame,
    // On Windows a frameless window has an invisible border for resizing otherwise.
    thickFrame: fixed.frame,
    focusable: traits.focusable,
    skipTaskbar: !fixed.frame,
    autoHideMenuBar: true,
    alwaysOnTop: traits.alwaysOnTop,
    webPreferences: pagePreferences(preload),
  };
}
