/** The tray as data: which mark, what it says, what its menu offers. The facade draws it. */
import { type OverlayMode, overlayModes, statuses } from '@racing-coach/contract';
import type { EngineState } from '../engine/engine-supervisor.ts';
import type { ShellCommand } from '../ipc/channels.ts';
import { isDriving } from '../policy/driving.ts';
import { canEdit } from '../policy/window-policy.ts';
import type { AppPage } from '../protocol/app-scheme.ts';

export interface TrayFacts {
  engine: EngineState;
  status: string | null;
  mode: OverlayMode;
  /** Why the overlay is not shown; null when it is. */
  reason: string | null;
  editing: boolean;
  hiddenByUser: boolean;
  muted: boolean;
  pages: ReadonlySet<AppPage>;
  shortcuts: { edit: string; hide: string; mute: string; taken: readonly string[] };
  /** What went wrong and did not mend itself. */
  trouble: string | null;
}

export type TrayCommand = ShellCommand | { kind: 'quit' };

export type TrayItem =
  | { kind: 'line' }
  | { kind: 'text'; label: string }
  | { kind: 'command'; label: string; command: TrayCommand; enabled: boolean; shortcut: string | null }
  | { kind: 'choice'; label: string; command: TrayCommand; chosen: boolean };

export interface TrayModel {
  mark: 'idle' | 'live' | 'trouble';
  /** What the mark says when pointed at. Windows cuts it at 127 characters. */
  tip: string;
  items: TrayItem[];
}

const modeNames: Record<OverlayMode, string> = {
  normal: 'Overlay over the sim',
  'second-monitor': 'On the second monitor',
  'audio-only': 'Audio only',
  capture: 'Capture window for VR and OBS',
};

export function trayModel(facts: TrayFacts): TrayModel {
  const state = stateSentence(facts);
  return {
    mark: markOf(facts),
    tip: `Racing Coach: ${state}`.slice(0, 127),
    items: [
      { kind: 'text', label: state },
      ...details(facts),
      { kind: 'line' },
      ...overlayItems(facts),
      { kind: 'line' },
      ...overlayModes.map((mode): TrayItem => choice(mode, facts.mode)),
      { kind: 'line' },
      ...pageItems(facts),
      { kind: 'line' },
      command('Quit', { kind: 'quit' }),
    ],
  };
}

function markOf({ engine, status, trouble }: TrayFacts): TrayModel['mark'] {
  if (engine.kind === 'failed' || trouble !== null) return 'trouble';
  return engine.kind === 'ready' && isDriving(status) ? 'live' : 'idle';
}

function stateSentence({ engine, status, muted }: TrayFacts): string {
  switch (engine.kind) {
    case 'starting':
      return 'Starting.';
    case 'waiting':
      return `The engine stopped; starting it again in ${Math.ceil(engine.ms / 1000)} s.`;
    case 'failed':
      return 'The engine keeps stopping. Try again, or look at the log.';
    case 'stopped':
      return 'Stopped.';
    case 'ready':
      return `${muted ? 'Muted. ' : ''}${statusText(status)}`;
  }
}

const statusText = (status: string | null) =>
  statuses.find(({ code }) => code === status)?.text ?? 'Waiting for the engine’s first word.';

function details({ engine, reason, trouble, shortcuts }: TrayFacts): TrayItem[] {
  const lines = [
    engine.kind === 'failed' || engine.kind === 'waiting' ? engine.why : null,
    engine.kind === 'ready' ? reason : null,
    trouble,
    ...shortcuts.taken.map((keys) => `${keys} belongs to another program: choose others in the settings.`),
  ];
  return lines.filter((line) => line !== null).map((label) => ({ kind: 'text', label }));
}

function overlayItems({ engine, mode, editing, hiddenByUser, muted, shortcuts }: TrayFacts): TrayItem[] {
  const ready = engine.kind === 'ready';
  const free = (keys: string) => (shortcuts.taken.includes(keys) ? null : keys);
  const show = { kind: 'show' as const, shown: hiddenByUser };
  const items: TrayItem[] = [
    command(hiddenByUser ? 'Show the overlay' : 'Hide the overlay', show, ready, free(shortcuts.hide)),
    command(
      editing ? 'Stop arranging the widgets' : 'Arrange the widgets',
      { kind: 'edit' },
      ready && canEdit(mode),
      free(shortcuts.edit),
    ),
    command(
      muted ? 'Unmute the sound' : 'Mute the sound',
      { kind: 'sound', command: 'toggle-mute' },
      ready,
      free(shortcuts.mute),
    ),
  ];
  if (engine.kind === 'failed') items.push(command('Start the engine again', { kind: 'restart-engine' }));
  return items;
}

function pageItems({ pages, engine }: TrayFacts): TrayItem[] {
  const hasObs = engine.kind === 'ready' && engine.address.obs !== null;
  return [
    command('Settings', { kind: 'open-settings' }, pages.has('settings')),
    command('Review', { kind: 'open-review' }, pages.has('review')),
    command('Copy the OBS address', { kind: 'copy-obs-address' }, hasObs),
  ];
}

function command(label: string, what: TrayCommand, enabled = true, shortcut: string | null = null): TrayItem {
  return { kind: 'command', label, command: what, enabled, shortcut };
}

function choice(mode: OverlayMode, now: OverlayMode): TrayItem {
  return { kind: 'choice', label: modeNames[mode], command: { kind: 'mode', mode }, chosen: mode === now };
}
