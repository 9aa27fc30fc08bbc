/**
 * What the page knows and is about to save. Every change is saved at once; while the engine is away it waits here and goes out when the engine is back.
 * Knows no DOM: storage, timer and the interface are handed in.
 */
import {
  type PresetName,
  type Settings,
  type SettingsSection,
  type SettingsState,
  settingsSections,
} from '@racing-coach/contract';
import { Away, Refusal } from '../../panes/engine-api.ts';
import type { Api } from './api.ts';
import {
  confirmed,
  type Drafts,
  drafted,
  type FieldPath,
  keptText,
  parseDrafts,
  refused,
  sendable,
  valueAt,
  waitingSections,
  withDraft,
  without,
} from './drafts.ts';

export interface StoreState {
  /** null until the engine has answered once. */
  server: SettingsState | null;
  drafts: Drafts;
  /** Whether the engine answers. */
  away: boolean;
  saving: boolean;
  /** What the rules of the running session say; null before one. */
  rules: { raceLegal: boolean; why: string } | null;
  /** What the last action has to say, for the line at the foot; a number that grows makes equal words news. */
  said: { text: string; bad: boolean; number: number };
}

export interface StoreOptions {
  api: Pick<Api, 'settings' | 'put' | 'undo' | 'firstRun' | 'useProfile'>;
  later(ms: number, run: () => void): void;
  /** Survives a reload of the page, not more. */
  kept: { read(): string | null; write(text: string): void };
}

const retryMs = 1000;

export class SettingsStore {
  readonly #options: StoreOptions;
  readonly #listeners = new Set<() => void>();
  #state: StoreState;
  #saving = false;
  /** What the request that runs now carries. */
  #sent: Drafts = {};
  #retrying = false;

  constructor(options: StoreOptions) {
    this.#options = options;
    const drafts = parseDrafts(options.kept.read(), settingsSections);
    this.#state = {
      server: null,
      drafts,
      away: false,
      saving: false,
      rules: null,
      said: { text: '', bad: false, number: 0 },
    };
  }

  get state(): StoreState {
    return this.#state;
  }

  /** The settings with what is about to be saved; null until the engine has answered. */
  get settings(): Settings | null {
    const { server, drafts } = this.#state;
    return server === null ? null : drafted(server.settings, drafts);
  }

  /** Whether something would be lost if the page went now. */
  get unsaved(): boolean {
    return Object.keys(this.#state.drafts).length > 0;
  }

  listen(run: () => void): () => void {
    this.#listeners.add(run);
    return () => this.#listeners.delete(run);
  }

  /** Asks the engine anew; also after it told of a change. */
  async refresh(): Promise<void> {
    await this.#try(async () => this.#take(await this.#options.api.settings()));
    await this.#save();
  }

  /** A field as the person set it. What it was is no change, and takes an earlier refusal back; unless another value of it is just on its way. */
  change(path: FieldPath, value: unknown): void {
    const { server, drafts } = this.#state;
    const kept = server !== null && !(path in this.#sent);
    const same = kept && JSON.stringify(valueAt(server.settings, path)) === JSON.stringify(value);
    this.#set({ drafts: same ? without(drafts, path) : withDraft(drafts, path, value) });
    void this.#save();
  }

  /** A whole section at once, for lists. Refused when somebody else changed the settings meanwhile. Resolves to whether it was taken. */
  async replace<Section extends SettingsSection>(
    section: Section,
    value: Settings[Section],
  ): Promise<boolean> {
    const revision = this.#state.server?.revision ?? null;
    const done = await this.#try(async () => {
      this.#take(await this.#options.api.put(section, value, revision));
      this.say('Saved.');
    });
    if (!done) await this.#try(async () => this.#take(await this.#options.api.settings()), true);
    return done;
  }

  undo = (): Promise<boolean> => {
    const what = this.#state.server?.undo;
    return this.#act(() => this.#options.api.undo(), `Taken back: the change to ${what}.`);
  };

  firstRun = (preset: PresetName): Promise<boolean> =>
    this.#act(() => this.#options.api.firstRun(preset), 'Done.');

  useProfile = (id: string | null | 'automatic', words: string): Promise<boolean> =>
    this.#act(() => this.#options.api.useProfile(id), words);

  rulesAre(rules: NonNullable<StoreState['rules']>): void {
    this.#set({ rules });
  }

  say(text: string, bad = false): void {
    this.#set({ said: { text, bad, number: this.#state.said.number + 1 } });
  }

  #act(ask: () => Promise<SettingsState>, words: string): Promise<boolean> {
    return this.#try(async () => {
      this.#take(await ask());
      this.say(words);
    });
  }

  /** One request at a time, so that the engine sees changes in their order. */
  async #save(): Promise<void> {
    const [section] = waitingSections(this.#state.drafts);
    const { server } = this.#state;
    if (this.#saving || section === undefined || server === null) return;
    this.#saving = true;
    this.#set({ saving: true });
    const sent = sendable(this.#state.drafts, section);
    this.#sent = sent;
    const value = drafted(server.settings, sent)[section];
    const done = await this.#try(async () => {
      const taken = await this.#options.api.put(section, value);
      this.#take(taken);
      this.#set({ drafts: confirmed(this.#state.drafts, sent) });
      this.say('Saved.');
    });
    this.#saving = false;
    this.#sent = {};
    this.#set({ saving: false });
    if (!done && this.#state.away) return;
    // Refused for something else than a drafted field: sending the same again would be refused again.
    if (!done && Object.keys(sendable(this.#state.drafts, section)).some((path) => path in sent))
      this.#refuseAll(sent, this.#state.said.text);
    void this.#save();
  }

  #refuseAll(sent: Drafts, why: string): void {
    const drafts = Object.keys(sent).reduce(
      (left, path) => (left[path]?.refused ? left : refused(left, path, why)),
      this.#state.drafts,
    );
    this.#set({ drafts });
  }

  /** Resolves to whether it went well; what went wrong is in the state. */
  async #try(run: () => Promise<void>, quiet = false): Promise<boolean> {
    try {
      await run();
      this.#set({ away: false });
      return true;
    } catch (error) {
      if (error instanceof Away) this.#goAway();
      else if (error instanceof Refusal && error.field !== null && this.#refuse(error))
        this.#set({ away: false });
      else if (!quiet) this.say(error instanceof Error ? error.message : String(error), true);
      if (error instanceof Refusal) this.#set({ away: false });
      return false;
    }
  }

  /** Beside the field, where it is one that was drafted. */
  #refuse({ field, message }: Refusal): boolean {
    const { drafts } = this.#state;
    const path = Object.keys(drafts).find((one) => field === one || field?.startsWith(`${one}.`));
    if (path === undefined) return false;
    this.#set({ drafts: refused(drafts, path, message) });
    this.say(message, true);
    return true;
  }

  #goAway(): void {
    this.#set({ away: true });
    if (this.#retrying) return;
    this.#retrying = true;
    this.#options.later(retryMs, () => {
      this.#retrying = false;
      void this.refresh();
    });
  }

  #take(server: SettingsState): void {
    const before = this.#state.server;
    // Answers may overtake each other: an older one tells nothing new, unless another engine began to count anew.
    if (before !== null && server.revision < before.revision && !this.#state.away) return;
    this.#set({ server });
  }

  #set(change: Partial<StoreState>): void {
    this.#state = { ...this.#state, ...change };
    if ('drafts' in change) this.#options.kept.write(keptText(this.#state.drafts));
    for (const run of this.#listeners) run();
  }
}
