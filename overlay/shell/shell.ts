/**
 * The shell's one state and everything that changes it. Whatever happens ends in `#change`, which derives windows, tray and shortcuts anew from
 * the state; none of them keeps a truth of its own.
 */
import { type OverlayMode, type OverlaySettings, obsSourceUrl } from '@racing-coach/contract';
import { EditSession } from './edit/edit-session.ts';
import type { EngineAddress } from './engine/engine-address.ts';
import { EngineApi } from './engine/engine-api.ts';
import { type EngineState, EngineSupervisor } from './engine/engine-supervisor.ts';
import { StatusWatch } from './engine/status-watch.ts';
import { type TellName, tellChannels, type WindowKind } from './ipc/channel-names.ts';
import type { AskHandlers, TellWords } from './ipc/channels.ts';
import { canEdit } from './policy/window-policy.ts';
import { exportProfile } from './profile-export.ts';
import { externalLink } from './security/navigation.ts';
import type { ShellPorts } from './shell-ports.ts';
import { addressOf, reportOf, type ShellBuild, type ShellState, trayOf, windowsOf } from './shell-state.ts';
import { shortcutsOf } from './shortcuts.ts';
import { examineDisplay, readRendererIni } from './system/display-doctor.ts';
import type { TrayCommand } from './tray/tray-model.ts';
import { OverlayWindows } from './windows/overlay-windows.ts';

type Commands = { [Kind in TrayCommand['kind']]: (command: Extract<TrayCommand, { kind: Kind }>) => void };

export class Shell {
  readonly #ports: ShellPorts;
  readonly #build: ShellBuild;
  readonly #windows: OverlayWindows;
  readonly #engine: EngineSupervisor;
  readonly #edit: EditSession;
  #state: ShellState;
  #watch: StatusWatch | null = null;
  #boundShortcuts = '';
  #quitting = false;
  /** Whether the engine said once how far the first run is. */
  #welcomed = false;

  /** @param overlay the settings as the file had them before there was an engine */
  constructor(ports: ShellPorts, overlay: OverlaySettings) {
    this.#ports = ports;
    this.#build = { version: ports.version, pages: ports.pages, gpu: overlay.gpu };
    this.#state = {
      engine: { kind: 'stopped' },
      lastHub: null,
      overlay,
      status: null,
      blank: false,
      level: 'full',
      muted: false,
      editing: false,
      hiddenByUser: false,
      opened: [],
      taken: [],
      trouble: null,
    };
    const { nowMs, later, log } = ports;
    this.#windows = new OverlayWindows({
      nowMs,
      later,
      log,
      open: (spec, events) => ports.openWindow(spec, events),
      onClosed: ({ kind }) => this.#closed(kind),
      onGaveUp: (_, why) => this.#fail(why),
    });
    this.#engine = new EngineSupervisor({
      nowMs,
      later,
      log,
      spawn: (events) => ports.spawnEngine(events),
      onState: (state) => this.#engineBecame(state),
    });
    this.#edit = new EditSession({ onChange: (model) => this.#tell('edit:changed', model) });
  }

  start(): void {
    this.#change({});
    this.#engine.start();
  }

  /** Whose contents these are; for the guard of messages. */
  readonly kindOf = (id: number): WindowKind | null => this.#windows.kindOf(id);

  /** Where the engine answers now; for the protocol. */
  get engineAddress(): EngineAddress | null {
    return addressOf(this.#state);
  }

  /** Displays came, went or changed. */
  displaysChanged(): void {
    this.#edit.displaysChanged(this.#ports.displays());
    this.#change({});
  }

  /** Another window took the focus, so it may lie over ours. */
  focusChanged(): void {
    this.#windows.raise();
  }

  /** Somebody started the app a second time: what they want is to see it. */
  secondInstance(): void {
    if (this.#build.pages.has('settings')) this.#openOwn('settings');
    else this.#change({ hiddenByUser: false });
  }

  /** Commands of tray, shortcuts and pages. */
  run(command: TrayCommand): void {
    // The command and the handler of one kind belong together; the compiler cannot see that across a union.
    const handler = this.#commands[command.kind] as (given: TrayCommand) => void;
    handler(command);
  }

  async quit(): Promise<void> {
    if (this.#quitting) return;
    this.#quitting = true;
    this.#ports.setShortcuts([]);
    this.#watch?.close();
    this.#windows.closeAll();
    await this.#engine.stop();
    this.#ports.quit();
  }

  readonly #commands: Commands = {
    edit: () => (this.#edit.model === null ? this.#beginEdit() : this.#endEdit('save')),
    show: ({ shown }) => this.#change({ hiddenByUser: !shown }),
    mode: ({ mode }) => this.#setMode(mode),
    'restart-engine': () => {
      this.#change({ trouble: null });
      this.#windows.retryPages();
      this.#engine.start();
    },
    sound: ({ command }) => this.#watch?.command(command),
    'open-settings': () => this.#openOwn('settings'),
    'open-review': () => this.#openOwn('review'),
    'copy-obs-address': () => {
      const obs = this.engineAddress?.obs ?? null;
      if (obs !== null) this.#ports.copyText(obs);
    },
    'settings-changed': () => void this.#readSettings(),
    quit: () => void this.quit(),
  };

  /** What pages may ask; checked by `ipc/guard.ts` before it comes here. */
  readonly handlers: AskHandlers = {
    'shell:state': () => reportOf(this.#state, this.#build),
    'shell:command': (command) => {
      this.run(command);
      return undefined;
    },
    'displays:list': () => this.#ports.displays(),
    'display:doctor': async () => {
      const text = await this.#ports.rendererIni();
      return examineDisplay(text === null ? null : readRendererIni(text));
    },
    'obs:copy': (source) => {
      const obs = this.engineAddress?.obs ?? null;
      if (obs !== null) this.#ports.copyText(obsSourceUrl(obs, source));
      return obs !== null;
    },
    'profile:export': (id) => exportProfile(id, this.#api(), this.#ports),
    'link:open': (text) => {
      const url = externalLink(text);
      if (url !== null) this.#ports.openLink(url);
      return url !== null;
    },
    'edit:state': () => this.#edit.model,
    'edit:act': (action) => {
      if (action.kind === 'save' || action.kind === 'discard') this.#endEdit(action.kind);
      else this.#edit.act(action);
      return undefined;
    },
  };

  #engineBecame(engine: EngineState): void {
    this.#watch?.close();
    this.#watch = null;
    if (engine.kind !== 'ready') this.#edit.end();
    const lastHub = engine.kind === 'ready' ? engine.address.hub : this.#state.lastHub;
    this.#change({ engine, lastHub, status: null });
    if (engine.kind !== 'ready' || this.#quitting) return;
    this.#watch = new StatusWatch({
      open: () => this.#ports.openHub(engine.address),
      later: this.#ports.later,
      onStatus: (status) => this.#change({ status }),
      onSettings: () => void this.#readSettings(),
      onBlank: (blank) => this.#change({ blank }),
      onLevel: (level) => this.#change({ level }),
      onMuted: (muted) => this.#change({ muted }),
    });
    void this.#readSettings();
  }

  async #readSettings(): Promise<void> {
    try {
      const read = await this.#api()?.settings();
      if (read === undefined) return;
      this.#change({ overlay: read.overlay });
      this.#welcome(read.firstRun.done);
    } catch (error) {
      this.#ports.log(`The settings stay as they were: ${sentence(error)}`);
    }
  }

  /** A tray icon alone is no first run: nobody would look for it. Once, so that a window that was closed stays closed. */
  #welcome(done: boolean): void {
    if (!this.#welcomed && !done) this.#openOwn('settings');
    this.#welcomed = true;
  }

  /** Holds at once, whether or not the engine could keep it. */
  #save(overlay: OverlaySettings): void {
    this.#change({ overlay });
    this.#api()
      ?.saveOverlay(overlay)
      .catch((error: unknown) => this.#fail(`The settings were not kept: ${sentence(error)}`));
  }

  #api(): EngineApi | null {
    const address = this.engineAddress;
    return address === null ? null : new EngineApi(address, this.#ports.fetch);
  }

  #setMode(mode: OverlayMode): void {
    if (!canEdit(mode)) this.#edit.end();
    this.#save({ ...this.#state.overlay, mode });
  }

  #beginEdit(): void {
    const { overlay } = this.#state;
    // Without its page there would be nothing to click, in front of everything.
    if (this.engineAddress === null || !canEdit(overlay.mode) || !this.#build.pages.has('edit')) return;
    this.#edit.begin(overlay, this.#ports.displays());
    this.#change({});
  }

  #endEdit(how: 'save' | 'discard'): void {
    const placements = this.#edit.end();
    if (how === 'save' && placements !== null) this.#save({ ...this.#state.overlay, placements });
    else this.#change({});
  }

  #openOwn(kind: 'settings' | 'review'): void {
    if (!this.#build.pages.has(kind)) return;
    this.#change({ opened: [...new Set([...this.#state.opened, kind])] });
    this.#windows.focus(kind);
  }

  /** Closing one of the overlay's own windows (Alt+F4 while it has the focus) is hiding it, or ending what it was for. */
  #closed(kind: WindowKind): void {
    if (kind === 'edit') this.#edit.end();
    const opened = this.#state.opened.filter((open) => open !== kind);
    this.#change({ opened, ...(kind === 'hud' ? { hiddenByUser: true } : {}) });
  }

  #fail(why: string): void {
    this.#ports.log(why);
    this.#change({ trouble: why });
  }

  #change(change: Partial<ShellState>): void {
    this.#state = { ...this.#state, ...change, editing: this.#edit.model !== null };
    if (this.#quitting) return;
    this.#bindShortcuts();
    this.#windows.become(windowsOf(this.#state, this.#build, this.#ports.displays()));
    this.#ports.showTray(trayOf(this.#state, this.#build), (command) => this.run(command));
    this.#tell('shell:changed', reportOf(this.#state, this.#build));
    this.#ports.lowerPriorities();
  }

  /** Only when they changed: giving back and taking a key at every change of status would lose presses. */
  #bindShortcuts(): void {
    const bound = shortcutsOf(this.#state.overlay);
    const wanted = bound.map(({ keys }) => keys).join(' ');
    if (wanted === this.#boundShortcuts) return;
    this.#boundShortcuts = wanted;
    this.#state.taken = this.#ports.setShortcuts(
      bound.map(({ keys, command }) => ({ keys, run: () => this.run(command(this.#state)) })),
    );
  }

  #tell<Name extends TellName>(name: Name, words: TellWords[Name]): void {
    const channel = tellChannels.find((row) => row.name === name);
    if (channel !== undefined) this.#windows.tell(channel.to, name, words);
  }
}

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
