/** The desktop app around this page, as its preload script offers it; null in a browser. Its answers are checked like the engine's. */
import {
  type DisplayFinding,
  displayFinding,
  type ObsSource,
  type ProfileExport,
  profileExport,
  type ShellDisplay,
  type ShellReport,
  shellDisplay,
  shellReport,
} from '@racing-coach/contract';
import * as z from 'zod';

interface Offered {
  ask(name: string, ...words: unknown[]): Promise<unknown>;
  /** Returns what ends it. */
  listen(name: string, run: (words: unknown) => void): () => void;
}

export interface ShellBridge {
  /** Begins moving and resizing the widgets on the screen. */
  arrange(): void;
  openLink(url: string): void;
  /** The app's pages may not use the clipboard, so the app copies. Resolves to whether there was an address. */
  copyObs(source: ObsSource): Promise<boolean>;
  /** The app's pages may not download, so the app writes the file. */
  exportProfile(id: string): Promise<ProfileExport>;
  report(): Promise<ShellReport>;
  /** Runs whenever the report changes, until the returned function is called. */
  onReport(run: (report: ShellReport) => void): () => void;
  displays(): Promise<ShellDisplay[]>;
  displayDoctor(): Promise<DisplayFinding[]>;
}

export function shellBridge(window: object): ShellBridge | null {
  const offered = (window as { racingCoach?: Offered }).racingCoach;
  if (offered === undefined) return null;
  const tell = (name: string, ...words: unknown[]) => void offered.ask(name, ...words).catch(() => undefined);
  const ask = async <Schema extends z.ZodType>(
    schema: Schema,
    name: string,
    ...words: unknown[]
  ): Promise<z.infer<Schema>> => schema.parse(await offered.ask(name, ...words));
  return {
    arrange: () => tell('shell:command', { kind: 'edit' }),
    openLink: (url) => tell('link:open', url),
    copyObs: (source) => ask(z.boolean(), 'obs:copy', source),
    exportProfile: (id) => ask(profileExport, 'profile:export', id),
    report: () => ask(shellReport, 'shell:state'),
    onReport: (run) =>
      offered.listen('shell:changed', (words) => {
        const report = shellReport.safeParse(words);
        if (report.success) run(report.data);
      }),
    displays: () => ask(z.array(shellDisplay), 'displays:list'),
    displayDoctor: () => ask(z.array(displayFinding), 'display:doctor'),
  };
}
