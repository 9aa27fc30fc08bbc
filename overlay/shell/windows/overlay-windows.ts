/** Makes the open windows those that are wanted: opens, moves, loads, shows, closes, and nothing twice. Brings crashed pages back. */
import type { WindowKind } from '../ipc/channel-names.ts';
import { sameRect, sameSize } from './rect.ts';
import { WindowRecovery } from './window-recovery.ts';
import type { ShellWindow, WindowEvents, WindowSpec, WindowTraits } from './window-spec.ts';

export interface WindowsOptions {
  open(spec: WindowSpec, events: WindowEvents): ShellWindow;
  nowMs(): number;
  later(ms: number, run: () => void): () => void;
  /** The user closed an ordinary window. */
  onClosed(spec: WindowSpec): void;
  onGaveUp(spec: WindowSpec, why: string): void;
  log(line: string): void;
}

interface Open {
  spec: WindowSpec;
  window: ShellWindow;
  recovery: WindowRecovery;
}

export class OverlayWindows {
  readonly #options: WindowsOptions;
  readonly #open = new Map<string, Open>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  become(wanted: readonly WindowSpec[]): void {
    const keys = new Set(wanted.map(({ key }) => key));
    // New ones come before old ones go: the app ends when its last window does, and edit mode must not blink.
    for (const spec of wanted) {
      const open = this.#open.get(spec.key);
      if (open === undefined) this.#opened(spec);
      else this.#change(open, spec);
    }
    for (const key of [...this.#open.keys()]) if (!keys.has(key)) this.#close(key);
  }

  /** Whose contents these are. */
  kindOf(id: number): WindowKind | null {
    return [...this.#open.values()].find(({ window }) => window.id === id)?.spec.kind ?? null;
  }

  tell(kinds: readonly WindowKind[], channel: string, words: unknown): void {
    for (const { spec, window } of this.#open.values())
      if (kinds.includes(spec.kind)) window.tell(channel, words);
  }

  /** After another window took the top: what is topmost shares one band with every other topmost window. */
  raise(): void {
    for (const { spec, window } of this.#open.values())
      if (spec.shown && spec.traits.alwaysOnTop) window.raise();
  }

  focus(key: string): void {
    this.#open.get(key)?.window.focus();
  }

  retryPages(): void {
    for (const { recovery } of this.#open.values()) recovery.retry();
  }

  closeAll(): void {
    this.become([]);
  }

  #opened(spec: WindowSpec): void {
    const { log, later, nowMs, onClosed, onGaveUp } = this.#options;
    const window = this.#options.open(spec, {
      gone: (reason) => this.#open.get(spec.key)?.recovery.gone(reason),
      closed: () => {
        const open = this.#open.get(spec.key);
        if (open?.window !== window) return;
        open.recovery.close();
        this.#open.delete(spec.key);
        onClosed(spec);
      },
    });
    const recovery = new WindowRecovery({
      reload: () => window.reload(),
      killPage: () => window.killPage(),
      ping: () => window.ping(),
      nowMs,
      later,
      gaveUp: (why) => onGaveUp(spec, why),
      log: (line) => log(`${spec.key}: ${line}`),
    });
    this.#open.set(spec.key, { spec, window, recovery });
    window.setTraits(spec.traits);
    window.load(spec.url);
    if (spec.shown) window.setShown(true);
  }

  #change(open: Open, spec: WindowSpec): void {
    const { window, spec: before } = open;
    open.spec = spec;
    if (!sameTraits(before.traits, spec.traits)) window.setTraits(spec.traits);
    // The user moves ordinary windows; their first place is not to be forced on them again.
    if (!spec.fixed.frame && !sameRect(before.bounds, spec.bounds)) window.setBounds(spec.bounds);
    // Nor their first size, where the user changes it by hand.
    if (spec.fixed.frame && !spec.fixed.resizable && !sameSize(before.bounds, spec.bounds))
      window.setSize(spec.bounds);
    if (before.url !== spec.url) window.load(spec.url);
    if (before.shown !== spec.shown) window.setShown(spec.shown);
  }

  #close(key: string): void {
    const open = this.#open.get(key);
    this.#open.delete(key);
    open?.recovery.close();
    open?.window.destroy();
  }
}

const sameTraits = (a: WindowTraits, b: WindowTraits) =>
  a.alwaysOnTop === b.alwaysOnTop &&
  a.clickThrough === b.clickThrough &&
  a.focusable === b.focusable &&
  a.hideFromCapture === b.hideFromCapture;
