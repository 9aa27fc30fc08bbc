/** A window of Electron as the shell's interface has it. */
import { BrowserWindow, type WebContents } from 'electron';
import { mayNavigate } from '../security/navigation.ts';
import type { ShellWindow, WindowEvents, WindowSpec, WindowTraits } from '../windows/window-spec.ts';
import { windowOptions } from './window-options.ts';

export function openBrowserWindow(spec: WindowSpec, events: WindowEvents, preload: string): ShellWindow {
  const window = new BrowserWindow(windowOptions(spec, preload));
  const { webContents } = window;
  window.removeMenu();
  harden(webContents);
  webContents.on('render-process-gone', (_, { reason }) => events.gone(reason));
  // The user's windows get input, so Chromium sees their hangs before our own asking does.
  window.on('unresponsive', () => webContents.forcefullyCrashRenderer());
  window.on('closed', () => events.closed());
  const shown = new FirstShow(window, spec.traits.focusable && spec.fixed.frame);
  return {
    id: webContents.id,
    load: (url) => void webContents.loadURL(url).catch(() => {}),
    setBounds: (bounds) => window.setBounds(bounds),
    setSize: ({ width, height }) => window.setContentSize(width, height),
    setTraits: (traits) => applyTraits(window, traits),
    setShown: (wanted) => shown.set(wanted),
    focus: () => window.focus(),
    // Both: setting it again alone does nothing while Windows believes that it holds.
    raise: () => {
      window.setAlwaysOnTop(true, topLevel);
      window.moveTop();
    },
    tell: (channel, words) => webContents.send(channel, words),
    ping: async () => void (await webContents.executeJavaScript('0')),
    reload: () => webContents.reload(),
    killPage: () => webContents.forcefullyCrashRenderer(),
    destroy: () => window.destroy(),
  };
}

/** Other levels go behind the task bar on Windows, or lose the top. */
const topLevel = 'screen-saver';

function applyTraits(window: BrowserWindow, traits: WindowTraits): void {
  // Never with `forward`: that puts a hook on the mouse of the whole system into this process.
  window.setIgnoreMouseEvents(traits.clickThrough);
  window.setFocusable(traits.focusable);
  window.setAlwaysOnTop(traits.alwaysOnTop, topLevel);
  window.setContentProtection(traits.hideFromCapture);
}

/** No page goes elsewhere, opens a window or refuses to go. */
function harden(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!mayNavigate(contents.getURL(), event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A page with changes that wait for the engine would hold its window open, and Electron asks nobody.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
}

/** A window is not shown before its first picture is painted. */
class FirstShow {
  readonly #window: BrowserWindow;
  readonly #takesFocus: boolean;
  #painted = false;
  #wanted = false;

  constructor(window: BrowserWindow, takesFocus: boolean) {
    this.#window = window;
    this.#takesFocus = takesFocus;
    window.once('ready-to-show', () => {
      this.#painted = true;
      this.set(this.#wanted);
    });
  }

  set(wanted: boolean): void {
    this.#wanted = wanted;
    if (!wanted) this.#window.hide();
    else if (this.#painted) this.#show();
  }

  #show(): void {
    if (this.#takesFocus) this.#window.show();
    else this.#window.showInactive();
  }
}
