/**
 * The settings of a running engine, and the only way to change them. Each change is checked, written to the file and then told to everybody who listens;
 * what cannot be written does not hold. Knows what is driven now, and with it which profile holds.
 */
import {
  CodedError,
  type PresetName,
  type Profile,
  type ProfileFile,
  type ProfileImported,
  type ProfileOverrides,
  presets,
  type Settings,
  type SettingsMessage,
  type SettingsSection,
  type SettingsState,
  settings,
  withOverrides,
} from '@racing-coach/contract';
import type { DataDir } from '../data/data-dir.ts';
import { loadSettings, saveSettings } from '../data/settings-file.ts';
import { plainIssue } from './plain-issue.ts';
import { withoutPreview } from './preview.ts';
import { chooseProfile, overriddenFields, type ProfileChoice, withSection } from './profile-choice.ts';
import { exportProfile, importProfile } from './profile-file.ts';

/** What is driven now, by the sim's keys and for people. */
export type DrivenPlace = NonNullable<SettingsState['place']>;

export interface DeskOptions {
  dataDir: DataDir;
  now: () => Date;
  /** Shown as this preset shows until the driver has chosen one himself: for a demonstration. */
  preview?: PresetName;
}

/** Nobody takes back more. */
const mostUndo = 20;

const sectionNames: Record<SettingsSection, string> = {
  firstRun: 'the first run',
  hub: 'how it starts',
  look: 'the look',
  widgets: 'the widgets',
  hud: 'the HUD',
  recordings: 'recordings',
  overlay: 'the overlay',
  sound: 'the sound',
  rules: 'the rules',
  obs: 'streaming',
  sync: 'sending laps',
  profiles: 'the profiles',
};

export class SettingsDesk {
  readonly #options: DeskOptions;
  readonly #listeners: ((now: Settings) => void)[] = [];
  readonly #undo: { settings: Settings; preview: ProfileOverrides; what: string }[] = [];
  #stored: Settings;
  /** What a demonstration shows in place of the driver's own until the first run is over, less what he changed himself. */
  #preview: ProfileOverrides;
  #now: Settings;
  #revision = 1;
  #notice: string | null;
  #readOnly: string | null;
  #place: DrivenPlace | null = null;
  /** Chosen by hand until the track or the car changes; `null` inside: none. */
  #byHand: { id: string | null } | null = null;
  #choice: ProfileChoice;

  constructor(options: DeskOptions) {
    this.#options = options;
    const loaded = loadSettings(options.dataDir, options.now());
    this.#stored = loaded.settings;
    this.#preview = overridesOf(options.preview);
    this.#notice = loaded.notice;
    this.#readOnly = loaded.readOnly ? 'the settings file is of a newer version; update Racing Coach' : null;
    this.#choice = this.#chosen();
    this.#now = this.#holding();
  }

  /** What holds now: the driver's own settings and what the active profile sets instead. */
  get current(): Settings {
    return this.#now;
  }

  /** What the user should know about the file; null when all is well. */
  get notice(): string | null {
    return this.#notice;
  }

  /** For the HUD of a driver who does not drive. A demonstration is for whoever looks. */
  get hint(): SettingsMessage['hint'] {
    if (this.#notice !== null) return 'settings-damaged';
    return this.#stored.firstRun.done || this.#options.preview !== undefined ? null : 'first-run';
  }

  /** Another engine has the installation: this one reads alone. */
  leaveAlone(why: string): void {
    this.#readOnly ??= why;
  }

  /** Called after each change with what holds then. */
  onChange(listener: (now: Settings) => void): void {
    this.#listeners.push(listener);
  }

  state(): SettingsState {
    const { profile, why } = this.#choice;
    return {
      revision: this.#revision,
      settings: this.#now,
      profile: { id: profile?.id ?? null, name: profile?.name ?? '', why, byHand: this.#byHand !== null },
      fromProfile: overriddenFields(profile),
      place: this.#place,
      notice: this.#notice,
      readOnly: this.#readOnly,
      undo: this.#undo.at(-1)?.what ?? null,
    };
  }

  /** @param revision of the state that the change was made from; null does not care. Throws coded errors with the field. */
  put(section: SettingsSection, value: unknown, revision: number | null = null): SettingsState {
    if (revision !== null && revision !== this.#revision) throw new CodedError('settings-changed');
    // Missing would mean the defaults.
    if (value === undefined)
      throw new CodedError('settings-invalid', { field: section, cause: 'nothing was sent' });
    const checked = settings.shape[section].safeParse(value);
    if (!checked.success) throw new CodedError('settings-invalid', { ...plainIssue(checked.error, section) });
    const { profile } = this.#choice;
    const own = withoutPreview(checked.data as Settings[typeof section], section, {
      stored: this.#stored,
      preview: this.#shownPreview(),
      profile,
    });
    const next = withSection(this.#stored, profile, section, own.value as never);
    return this.#become(next, sectionNames[section], own.preview);
  }

  /** The preset's settings, and the first run is over. */
  finishFirstRun(preset: PresetName): SettingsState {
    const firstRun = { ...this.#stored.firstRun, done: true, preset };
    return this.#become({ ...withOverrides(this.#stored, overridesOf(preset)), firstRun }, 'the first run');
  }

  undo(): SettingsState {
    const last = this.#undo.at(-1);
    if (last === undefined) throw new CodedError('undo-empty');
    this.#write(last.settings);
    this.#preview = last.preview;
    this.#undo.pop();
    return this.#settle();
  }

  /** The session's sim, car and track. A choice by hand ends with the car or track that it was made for. */
  follow(place: DrivenPlace): void {
    const before = this.#place;
    if (before?.sim === place.sim && before.car === place.car && before.track === place.track) return;
    this.#place = place;
    if (before !== null) this.#byHand = null;
    this.#settle();
  }

  /** A complete lap was driven: from now on calibration may be offered. Not being able to keep that costs nothing. */
  drove(): void {
    const { firstRun } = this.#stored;
    if (firstRun.drove || !firstRun.done || this.#readOnly !== null) return;
    this.#stored = { ...this.#stored, firstRun: { ...firstRun, drove: true } };
    this.#write(this.#stored);
    this.#settle();
  }

  /** By hand; null: no profile. `automatic` gives it back to the rules. */
  useProfile(id: string | null | 'automatic'): SettingsState {
    if (id !== 'automatic' && id !== null) this.#profile(id);
    this.#byHand = id === 'automatic' ? null : { id };
    return this.#settle();
  }

  exportProfile(id: string): ProfileFile {
    return exportProfile(this.#profile(id));
  }

  importProfile(document: unknown): ProfileImported {
    const { profiles } = this.#stored;
    const profile = importProfile(document, profiles);
    this.#become(
      { ...this.#stored, profiles: { ...profiles, list: [...profiles.list, profile] } },
      `the import of “${profile.name}”`,
    );
    return { id: profile.id, name: profile.name };
  }

  #profile(id: string): Profile {
    const profile = this.#stored.profiles.list.find((one) => one.id === id);
    if (profile === undefined) throw new CodedError('profile-not-found', { id });
    return profile;
  }

  #become(next: Settings, what: string, preview = this.#preview): SettingsState {
    const before = { settings: this.#stored, preview: this.#preview, what };
    this.#write(next);
    this.#preview = preview;
    this.#undo.push(before);
    if (this.#undo.length > mostUndo) this.#undo.shift();
    return this.#settle();
  }

  #write(next: Settings): void {
    if (this.#readOnly !== null) throw new CodedError('settings-read-only', { cause: this.#readOnly });
    saveSettings(this.#options.dataDir, next);
    this.#stored = next;
    // A damaged file was replaced by what was just written: the notice has done its work.
    this.#notice = null;
  }

  #settle(): SettingsState {
    this.#choice = this.#chosen();
    this.#now = this.#holding();
    this.#revision += 1;
    for (const listener of this.#listeners) listener(this.#now);
    return this.state();
  }

  #chosen(): ProfileChoice {
    const { profiles } = this.#stored;
    if (this.#byHand === null) return chooseProfile(profiles, this.#place);
    const profile = profiles.list.find(({ id }) => id === this.#byHand?.id) ?? null;
    const why = profile === null ? 'You chose to drive without a profile.' : 'You chose it by hand.';
    return { profile, why };
  }

  #holding(): Settings {
    const own = withOverrides(this.#stored, this.#shownPreview());
    return withOverrides(own, this.#choice.profile?.overrides ?? {});
  }

  #shownPreview(): ProfileOverrides {
    return this.#stored.firstRun.done ? {} : this.#preview;
  }
}

const overridesOf = (preset: PresetName | undefined): ProfileOverrides =>
  presets.find(({ name }) => name === preset)?.overrides ?? {};
