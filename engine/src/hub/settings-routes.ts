/** The addresses of the settings, profiles and the first run. What each takes and gives stands in the contract's `settings-api.ts`. */
import {
  CodedError,
  type DoctorAnswer,
  firstRunChoice,
  type Offer,
  type PresetName,
  type ProfileFile,
  type ProfileImported,
  type RecordingImported,
  type Settings,
  type SettingsSection,
  type SettingsState,
  settingsSections,
} from '@racing-coach/contract';
import { plainIssue } from '../settings/plain-issue.ts';

/** What stands behind the addresses: `SettingsDesk` is one. */
export interface SettingsApi {
  readonly current: Settings;
  state(): SettingsState;
  put(section: SettingsSection, value: unknown, revision: number | null): SettingsState;
  undo(): SettingsState;
  finishFirstRun(preset: PresetName): SettingsState;
  useProfile(id: string | null | 'automatic'): SettingsState;
  exportProfile(id: string): ProfileFile;
  importProfile(document: unknown): ProfileImported;
}

/** What a request says beside its address. */
export interface RequestFacts {
  /** The parsed body; undefined when there is none. */
  body: unknown;
  /** The number in `If-Match: "7"`; null without one. */
  revision: number | null;
  query: URLSearchParams;
}

export interface SettingsGate {
  settings: SettingsApi;
  doctor(): Promise<DoctorAnswer>;
  voices(): { id: string; name: string }[];
  recordings(): Promise<Offer[]>;
  /** Rejects with `offer-not-found`, and with what is wrong with the recording. */
  importRecording(id: string): Promise<RecordingImported>;
}

export interface SettingsRoute {
  method: 'GET' | 'POST' | 'PUT';
  path: RegExp;
  answer(api: SettingsGate, words: string[], facts: RequestFacts): unknown;
}

const id = '([a-z0-9][a-z0-9-]{0,39})';
const isSection = (name: string): name is SettingsSection => (settingsSections as string[]).includes(name);

export const settingsRoutes: SettingsRoute[] = [
  { method: 'GET', path: /^\/api\/settings$/, answer: ({ settings }) => settings.current },
  { method: 'GET', path: /^\/api\/settings\/state$/, answer: ({ settings }) => settings.state() },
  { method: 'POST', path: /^\/api\/settings\/undo$/, answer: ({ settings }) => settings.undo() },
  {
    method: 'PUT',
    path: /^\/api\/settings\/([a-zA-Z]{1,40})$/,
    answer: ({ settings }, [name = ''], { body, revision }) => {
      if (!isSection(name))
        throw new CodedError('settings-invalid', { field: name, cause: 'there is no such part' });
      return settings.put(name, body, revision);
    },
  },
  {
    method: 'POST',
    path: /^\/api\/first-run$/,
    answer: ({ settings }, _, { body }) => {
      const choice = firstRunChoice.safeParse(body);
      if (!choice.success) throw new CodedError('settings-invalid', { ...plainIssue(choice.error) });
      return settings.finishFirstRun(choice.data.preset);
    },
  },
  {
    method: 'POST',
    path: /^\/api\/profiles\/import$/,
    answer: ({ settings }, _, { body }) => settings.importProfile(body),
  },
  {
    method: 'POST',
    path: /^\/api\/profiles\/(automatic|none)$/,
    answer: ({ settings }, [word]) => settings.useProfile(word === 'none' ? null : 'automatic'),
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/profiles/${id}$`),
    answer: ({ settings }, [name = '']) => settings.exportProfile(name),
  },
  {
    method: 'POST',
    path: new RegExp(`^/api/profiles/${id}/use$`),
    answer: ({ settings }, [name = '']) => settings.useProfile(name),
  },
  {
    method: 'GET',
    path: /^\/api\/recordings$/,
    answer: async ({ recordings }) => ({ recordings: await recordings() }),
  },
  {
    method: 'POST',
    path: /^\/api\/recordings\/([0-9a-f]{4,64})\/import$/,
    answer: ({ importRecording }, [offer = '']) => importRecording(offer),
  },
  { method: 'GET', path: /^\/api\/doctor$/, answer: ({ doctor }) => doctor() },
  { method: 'GET', path: /^\/api\/voices$/, answer: ({ voices }) => ({ voices: voices() }) },
];
