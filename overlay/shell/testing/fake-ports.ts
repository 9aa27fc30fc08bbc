/** A world in which everything that the shell does can be looked at. */
import {
  defaultSettings,
  emptySnapshot,
  hubProtocol,
  type OverlaySettings,
  overlaySettings,
  type Settings,
  snapshotBytes,
  snapshotLayoutHash,
  statuses,
  writeSnapshot,
} from '@racing-coach/contract';
import type { EngineEvents } from '../engine/engine-supervisor.ts';
import type { HubSocket } from '../engine/status-watch.ts';
import { type AppPage, appPages } from '../protocol/app-scheme.ts';
import { Shell } from '../shell.ts';
import type { ShellPorts } from '../shell-ports.ts';
import type { TrayCommand, TrayModel } from '../tray/tray-model.ts';
import type { Display } from '../windows/placement.ts';
import type { ShellWindow, WindowEvents, WindowSpec } from '../windows/window-spec.ts';
import { FakeClock } from './fake-clock.ts';

export const hub = 'ws://127.0.0.1:47800/hub?token=00112233445566778899aabbccddeeff';
const readyLine = JSON.stringify({ ready: true, urls: { hub, obs: 'http://127.0.0.1:47800/obs/?token=x' } });

export const fullHd: Display = {
  id: '1',
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  scaleFactor: 1,
  primary: true,
};
export const beside: Display = { ...fullHd, id: '2', bounds: { ...fullHd.bounds, x: 1920 }, primary: false };

/** What happened to a window, in order; `open` is what it is now. */
export class FakeWindow implements ShellWindow {
  readonly id: number;
  readonly spec: WindowSpec;
  readonly events: WindowEvents;
  readonly log: string[] = [];
  readonly told: unknown[] = [];
  answers = true;
  destroyed = false;

  constructor(id: number, spec: WindowSpec, events: WindowEvents) {
    this.id = id;
    this.spec = spec;
    this.events = events;
  }
  load(url: string): void {
    this.log.push(`load ${url}`);
  }
  setBounds({ x, y, width, height }: WindowSpec['bounds']): void {
    this.log.push(`bounds ${x},${y},${width},${height}`);
  }
  setSize({ width, height }: { width: number; height: number }): void {
    this.log.push(`size ${width},${height}`);
  }
  setTraits(traits: WindowSpec['traits']): void {
    const on = Object.entries(traits).filter(([, value]) => value);
    this.log.push(`traits ${on.map(([name]) => name).join(' ')}`);
  }
  setShown(shown: boolean): void {
    this.log.push(shown ? 'show' : 'hide');
  }
  focus(): void {
    this.log.push('focus');
  }
  raise(): void {
    this.log.push('raise');
  }
  tell(channel: string, words: unknown): void {
    this.told.push([channel, words]);
  }
  ping(): Promise<void> {
    return this.answers ? Promise.resolve() : new Promise(() => {});
  }
  reload(): void {
    this.log.push('reload');
  }
  killPage(): void {
    this.log.push('kill');
    this.events.gone('killed');
  }
  /** By us or by the user: either way the shell hears of it. */
  destroy(): void {
    this.destroyed = true;
    this.events.closed();
  }
}

class FakeHub implements HubSocket {
  readonly sent: string[] = [];
  binaryType = '';
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {}
}

export interface World {
  shell: Shell;
  clock: FakeClock;
  windows: FakeWindow[];
  engines: EngineEvents[];
  asked: { url: string; init: RequestInit }[];
  done: string[];
  tray(): TrayModel;
  press(keys: string): void;
  pick(label: string): void;
  open(): FakeWindow[];
  kind(kind: string): FakeWindow[];
  ready(): Promise<void>;
  status(code: string): void;
  /** A message of the hub. */
  hubSays(message: object): void;
  /** What the shell said to the hub. */
  toHub(): string[];
  displays: Display[];
  settings: Settings;
  refuseSettings: boolean;
  ini: string | null;
  /** What the engine answers when asked for a profile. */
  profile: unknown;
  /** How a file is saved: the user chooses a place, chooses none, or it cannot be written. */
  disk: 'free' | 'cancelled' | 'full';
}

/** Lets promises run their course. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export function world(
  overlay: Partial<OverlaySettings> = {},
  change: { pages?: AppPage[]; displays?: Display[]; taken?: string[]; ports?: Partial<ShellPorts> } = {},
): World {
  const clock = new FakeClock();
  const windows: FakeWindow[] = [];
  const engines: EngineEvents[] = [];
  const asked: World['asked'] = [];
  const done: string[] = [];
  const hubs: FakeHub[] = [];
  let tray: TrayModel | null = null;
  let run: (command: TrayCommand) => void = () => {};
  let shortcuts: readonly { keys: string; run: () => void }[] = [];
  const settings: Settings = {
    ...defaultSettings,
    firstRun: { ...defaultSettings.firstRun, done: true },
    overlay: { ...overlaySettings.parse({}), ...overlay },
  };
  const made = {
    displays: change.displays ?? [fullHd],
    settings,
    refuseSettings: false,
    ini: null as string | null,
    disk: 'free' as World['disk'],
    profile: {} as unknown,
  };
  const ports: ShellPorts = {
    version: '1.2.3',
    pages: new Set(change.pages ?? appPages),
    nowMs: clock.nowMs,
    later: clock.later,
    log: () => {},
    displays: () => made.displays,
    openWindow: (spec, events) => {
      const window = new FakeWindow(windows.length + 1, spec, events);
      windows.push(window);
      return window;
    },
    spawnEngine: (events) => {
      engines.push(events);
      return { stop: () => events.exit(0), kill: () => events.exit(137) };
    },
    openHub: () => {
      const opened = new FakeHub();
      hubs.push(opened);
      return opened;
    },
    fetch: async (url, init) => {
      asked.push({ url, init });
      if (!made.refuseSettings && url.includes('/api/profiles/')) return Response.json(made.profile);
      return made.refuseSettings ? new Response('no', { status: 500 }) : Response.json(made.settings);
    },
    showTray: (model, runs) => {
      tray = model;
      run = runs;
    },
    setShortcuts: (wanted) => {
      shortcuts = wanted;
      return change.taken ?? [];
    },
    copyText: (text) => done.push(`copy ${text}`),
    saveText: async (name, text) => {
      done.push(`save ${name} ${text}`);
      if (made.disk === 'full') throw new Error("ENOSPC: no space left on device, write 'C:\\Users\\me\\x'");
      return made.disk === 'free';
    },
    openLink: (url) => done.push(`link ${url}`),
    rendererIni: async () => made.ini,
    lowerPriorities: () => {},
    quit: () => done.push('quit'),
    ...change.ports,
  };
  const shell = new Shell(ports, settings.overlay);
  const current = () => {
    if (tray === null) throw new Error('no tray');
    return tray;
  };
  return Object.assign(made, {
    shell,
    clock,
    windows,
    engines,
    asked,
    done,
    tray: current,
    press: (keys: string) => shortcuts.find((row) => row.keys === keys)?.run(),
    pick: (label: string) => {
      const item = current().items.find((row) => 'label' in row && row.label === label);
      if (item === undefined || !('command' in item)) throw new Error(`no ${label}`);
      run(item.command);
    },
    open: () => windows.filter(({ destroyed }) => !destroyed),
    kind: (kind: string) => windows.filter(({ destroyed, spec }) => !destroyed && spec.kind === kind),
    ready: async () => {
      engines.at(-1)?.line(readyLine);
      const hello = {
        type: 'hello',
        protocol: hubProtocol,
        layoutHash: snapshotLayoutHash,
        version: '1',
        nowMs: 0,
      };
      hubs.at(-1)?.onmessage?.({ data: JSON.stringify(hello) });
      await settle();
    },
    hubSays: (message: object) => hubs.at(-1)?.onmessage?.({ data: JSON.stringify(message) }),
    toHub: () => hubs.at(-1)?.sent ?? [],
    status: (code: string) => {
      const data = new ArrayBuffer(snapshotBytes);
      const status = statuses.findIndex((row) => row.code === code);
      writeSnapshot(new DataView(data), { ...emptySnapshot(), status });
      hubs.at(-1)?.onmessage?.({ data });
    },
  });
}
