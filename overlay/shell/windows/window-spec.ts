/** A window as it should be. The facade makes it so; nothing outside of this says how a window looks. */
import type { WindowKind } from '../ipc/channel-names.ts';
import type { Rect } from './rect.ts';

export interface WindowSpec {
  /** Names the window over changes; a window whose kind or `fixed` changes gets another key. */
  key: string;
  kind: WindowKind;
  title: string;
  url: string;
  bounds: Rect;
  /** `hidden` is loaded and not on the screen. */
  shown: boolean;
  /** What a window cannot change once it is made. */
  fixed: {
    /** Transparent windows have no frame: Windows draws none around them. */
    transparent: boolean;
    frame: boolean;
    resizable: boolean;
  };
  /** What it can. */
  traits: WindowTraits;
}

export interface WindowTraits {
  alwaysOnTop: boolean;
  clickThrough: boolean;
  focusable: boolean;
  hideFromCapture: boolean;
}

/** What a window tells the shell. */
export interface WindowEvents {
  /** Its page's process ended. */
  gone(reason: string): void;
  /** The user closed it. */
  closed(): void;
}

/** An open window, as far as the shell needs it. */
export interface ShellWindow {
  /** Of its contents: who sent a message. */
  readonly id: number;
  load(url: string): void;
  setBounds(bounds: Rect): void;
  /** Of its page, where it stands now. */
  setSize(size: Pick<Rect, 'width' | 'height'>): void;
  setTraits(traits: WindowTraits): void;
  /** Shown without taking the focus, but for those that want it. */
  setShown(shown: boolean): void;
  focus(): void;
  /** Puts it back on top of all others. */
  raise(): void;
  tell(channel: string, words: unknown): void;
  /** Resolves when its page runs script: a page that hangs never does. */
  ping(): Promise<void>;
  reload(): void;
  /** Ends its page's process, however it hangs. */
  killPage(): void;
  destroy(): void;
}
