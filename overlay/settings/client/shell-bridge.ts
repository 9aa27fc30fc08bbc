/** The desktop app around this page, as its preload script offers it; null in a browser. */

interface Offered {
  ask(name: string, ...words: unknown[]): Promise<unknown>;
}

export interface ShellBridge {
  /** Begins moving and resizing the widgets on the screen. */
  arrange(): void;
  openLink(url: string): void;
}

export function shellBridge(window: object): ShellBridge | null {
  const offered = (window as { racingCoach?: Offered }).racingCoach;
  if (offered === undefined) return null;
  const ask = (name: string, ...words: unknown[]) => void offered.ask(name, ...words).catch(() => undefined);
  return {
    arrange: () => ask('shell:command', { kind: 'edit' }),
    openLink: (url) => ask('link:open', url),
  };
}
