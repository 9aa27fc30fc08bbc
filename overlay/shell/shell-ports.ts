/** What the shell needs of the world. `electron/` implements it; tests bring their own. */
import type { EngineAddress } from './engine/engine-address.ts';
import type { Fetch } from './engine/engine-api.ts';
import type { EngineEvents, EngineProcess } from './engine/engine-supervisor.ts';
import type { HubSocket } from './engine/status-watch.ts';
import type { AppPage } from './protocol/app-scheme.ts';
import type { TrayCommand, TrayModel } from './tray/tray-model.ts';
import type { Display } from './windows/placement.ts';
import type { ShellWindow, WindowEvents, WindowSpec } from './windows/window-spec.ts';

export interface ShellPorts {
  version: string;
  /** Pages that this build has. */
  pages: ReadonlySet<AppPage>;
  nowMs(): number;
  later(ms: number, run: () => void): () => void;
  log(line: string): void;
  displays(): Display[];
  openWindow(spec: WindowSpec, events: WindowEvents): ShellWindow;
  spawnEngine(events: EngineEvents): EngineProcess;
  openHub(address: EngineAddress): HubSocket;
  fetch: Fetch;
  showTray(model: TrayModel, run: (command: TrayCommand) => void): void;
  /** Replaces all global shortcuts; answers with those that another program holds. */
  setShortcuts(shortcuts: readonly { keys: string; run: () => void }[]): string[];
  copyText(text: string): void;
  /**
   * Lets the user choose a file and writes it; resolves to whether a place was chosen, rejects when it cannot be written.
   * @param name proposed to the user
   */
  saveText(name: string, text: string): Promise<boolean>;
  openLink(url: string): void;
  /** Text of the sim's renderer settings; null when there is none. */
  rendererIni(): Promise<string | null>;
  /** Puts new processes below the sim's priority. */
  lowerPriorities(): void;
  /** The app ends. */
  quit(): void;
}
