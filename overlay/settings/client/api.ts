/**
 * The engine's interface as this page uses it. From the hub the token comes from the page's own address and goes in a header; in the desktop app the shell
 * adds it, and the page never has it. Answers are checked: page and engine may be of different versions.
 */
import {
  type CostState,
  costState,
  type DoctorAnswer,
  doctorAnswer,
  type EngineState,
  engineHealth,
  engineState,
  type Offer,
  offersAnswer,
  offerUsed,
  type PresetName,
  type ProfileFile,
  type ProfileImported,
  profileFile,
  profileImported,
  type RecordingImported,
  recordingImported,
  recordingsAnswer,
  type SettingsSection,
  type SettingsState,
  type SharedLap,
  type SyncState,
  settingsState,
  sharedLapFetched,
  sharedLapsAnswer,
  syncState,
  tokenRenewed,
  urlsAnswer,
  voicesAnswer,
} from '@racing-coach/contract';
import * as z from 'zod';

/** What the engine said no to; `field` is the setting's path where it is about one. */
export class Refusal extends Error {
  readonly code: string;
  readonly field: string | null;
  constructor(code: string, message: string, field: string | null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** The engine did not answer at all: what was asked may be asked again. */
export class Away extends Error {
  constructor() {
    super('The engine does not answer.');
  }
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const kept = z.object({ kept: z.literal(true) });

const withinMs = 8000;
/** Reading and importing a long recording takes its time. */
const useWithinMs = 120_000;

export class Api {
  readonly #page: URL;
  readonly #fetch: Fetch;

  constructor(page: URL, fetch: Fetch) {
    this.#page = page;
    this.#fetch = fetch;
  }

  settings = (): Promise<SettingsState> => this.#ask('GET', 'settings/state', settingsState);
  put = (section: SettingsSection, value: unknown, revision: number | null = null): Promise<SettingsState> =>
    this.#ask('PUT', `settings/${section}`, settingsState, { body: value, revision });
  undo = (): Promise<SettingsState> => this.#ask('POST', 'settings/undo', settingsState);
  firstRun = (preset: PresetName): Promise<SettingsState> =>
    this.#ask('POST', 'first-run', settingsState, { body: { preset } });

  useProfile = (id: string | null | 'automatic'): Promise<SettingsState> => {
    const path = id === null ? 'none' : id === 'automatic' ? 'automatic' : `${id}/use`;
    return this.#ask('POST', `profiles/${path}`, settingsState);
  };
  exportProfile = (id: string): Promise<ProfileFile> => this.#ask('GET', `profiles/${id}`, profileFile);
  importProfile = (document: unknown): Promise<ProfileImported> =>
    this.#ask('POST', 'profiles/import', profileImported, { body: document });

  state = (): Promise<EngineState> => this.#ask('GET', 'state', engineState);
  doctor = (): Promise<DoctorAnswer['findings']> =>
    this.#ask('GET', 'doctor', doctorAnswer).then(({ findings }) => findings);
  voices = () => this.#ask('GET', 'voices', voicesAnswer).then(({ voices }) => voices);
  offers = (): Promise<Offer[]> => this.#ask('GET', 'offers', offersAnswer).then(({ offers }) => offers);
  useOffer = (id: string) =>
    this.#ask('POST', `offers/${id}/use`, offerUsed, { ms: useWithinMs }).then(({ used }) => used);
  recordings = (): Promise<Offer[]> =>
    this.#ask('GET', 'recordings', recordingsAnswer, { ms: useWithinMs }).then(
      ({ recordings }) => recordings,
    );
  importRecording = (id: string): Promise<RecordingImported> =>
    this.#ask('POST', `recordings/${id}/import`, recordingImported, { ms: useWithinMs });
  urls = () => this.#ask('GET', 'urls', urlsAnswer).then(({ urls }) => urls);
  /** The old addresses stop working, this page's too: the answer has the new ones. */
  renewToken = () => this.#ask('POST', 'token/renew', tokenRenewed).then(({ urls }) => urls);
  obsPassword = (password: string) =>
    this.#ask('POST', 'obs/password', kept, { body: { password } }).then(() => undefined);
  cost = (): Promise<CostState> => this.#ask('GET', 'cost', costState);
  startCost = (blockS: number, pairs: number): Promise<CostState> =>
    this.#ask('POST', `cost/start/${blockS}/${pairs}`, costState);
  renewCost = (): Promise<CostState> => this.#ask('POST', 'cost/renew', costState);
  stopCost = (): Promise<CostState> => this.#ask('POST', 'cost/stop', costState);
  drawAll = (): Promise<CostState> => this.#ask('POST', 'cost/full', costState);
  sharedLaps = (): Promise<SharedLap[]> =>
    this.#ask('GET', 'server-references', sharedLapsAnswer, { ms: useWithinMs }).then(
      ({ references }) => references,
    );
  fetchSharedLap = (id: string) =>
    this.#ask('POST', `server-references/${id}/fetch`, sharedLapFetched, { ms: useWithinMs }).then(
      ({ fetched }) => fetched,
    );
  sync = (): Promise<SyncState> => this.#ask('GET', 'sync', syncState);
  syncNow = (): Promise<SyncState> => this.#ask('POST', 'sync/now', syncState);
  syncAgain = (): Promise<SyncState> => this.#ask('POST', 'sync/again', syncState);
  health = () => this.#ask('GET', 'health', engineHealth);

  async #ask<Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    more: { body?: unknown; revision?: number | null; ms?: number } = {},
  ): Promise<z.infer<Schema>> {
    const response = await this.#send(method, path, more);
    const document: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refusal(document, response.status);
    const checked = schema.safeParse(document);
    if (!checked.success)
      throw new Refusal('differs', 'The engine is of another version than this page. Reload the page.', null);
    return checked.data;
  }

  async #send(
    method: string,
    path: string,
    { body, revision, ms = withinMs }: { body?: unknown; revision?: number | null; ms?: number },
  ): Promise<Response> {
    const token = this.#page.searchParams.get('token');
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (typeof revision === 'number') headers['if-match'] = `"${revision}"`;
    try {
      return await this.#fetch(new URL(`/api/${path}`, this.#page).href, {
        method,
        headers,
        signal: AbortSignal.timeout(ms),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Away();
    }
  }
}

function refusal(document: unknown, status: number): Error {
  // The shell's own answers while there is no engine.
  if (status === 502 || status === 503) return new Away();
  const { error, field } = (document ?? {}) as {
    error?: { code?: unknown; message?: unknown };
    field?: unknown;
  };
  if (typeof error?.message !== 'string')
    return new Refusal('refused', `The engine refused this (${status}).`, null);
  return new Refusal(String(error.code), error.message, typeof field === 'string' ? field : null);
}
