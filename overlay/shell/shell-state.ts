/** All that the shell knows, and what follows from it. Pure: the same state gives the same windows, tray and report. */
import type { OverlaySettings, ShellReport } from '@racing-coach/contract';
import type { EngineState } from './engine/engine-supervisor.ts';
import { type WindowPolicy, windowPolicy } from './policy/window-policy.ts';
import type { AppPage } from './protocol/app-scheme.ts';
import { type TrayModel, trayModel } from './tray/tray-model.ts';
import type { Display } from './windows/placement.ts';
import { wantedWindows } from './windows/wanted-windows.ts';
import type { WindowSpec } from './windows/window-spec.ts';

export interface ShellState {
  engine: EngineState;
  /** The hub of the engine that was ready last: pages come back to it by themselves. */
  lastHub: string | null;
  overlay: OverlaySettings;
  /** The coach's status code; null while the hub says nothing. */
  status: string | null;
  editing: boolean;
  hiddenByUser: boolean;
  /** See the window policy. */
  blank: boolean;
  /** The page that sounds was muted. */
  muted: boolean;
  /** Ordinary windows that the user opened. */
  opened: readonly ('settings' | 'review')[];
  /** Shortcuts that another program holds. */
  taken: string[];
  /** What went wrong and did not mend itself. */
  trouble: string | null;
}

/** What this build and this start are. */
export interface ShellBuild {
  version: string;
  pages: ReadonlySet<AppPage>;
  /** The graphics toggles that Chromium was started with. */
  gpu: OverlaySettings['gpu'];
}

export const addressOf = ({ engine }: ShellState) => (engine.kind === 'ready' ? engine.address : null);

export function policyOf(state: ShellState): WindowPolicy {
  return windowPolicy({ ...state, engineReady: state.engine.kind === 'ready' });
}

export function windowsOf(state: ShellState, build: ShellBuild, displays: readonly Display[]): WindowSpec[] {
  return wantedWindows({
    ...state,
    policy: policyOf(state),
    displays,
    hub: state.lastHub,
    pages: build.pages,
  });
}

export function trayOf(state: ShellState, build: ShellBuild): TrayModel {
  const { mode, editShortcut: edit, hideShortcut: hide, muteShortcut: mute } = state.overlay;
  const { reason } = policyOf(state);
  const shortcuts = { edit, hide, mute, taken: state.taken };
  return trayModel({ ...state, mode, reason, pages: build.pages, shortcuts });
}

export function reportOf(state: ShellState, build: ShellBuild): ShellReport {
  const { engine, status, editing, taken, overlay } = state;
  const why = engine.kind === 'waiting' || engine.kind === 'failed' ? engine.why : null;
  return {
    version: build.version,
    engine: engine.kind,
    reason: why ?? policyOf(state).reason,
    status,
    editing,
    takenShortcuts: taken,
    restartNeeded: JSON.stringify(build.gpu) !== JSON.stringify(overlay.gpu),
  };
}
