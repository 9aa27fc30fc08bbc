/** The engine's interface as this page uses it. */
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
import { EngineApi } from '../../panes/engine-api.ts';

const kept = z.object({ kept: z.literal(true) });

/** Reading and importing a long recording takes its time. */
const useWithinMs = 120_000;

export class Api extends EngineApi {
  settings = (): Promise<SettingsState> => this.ask('GET', 'settings/state', settingsState);
  put = (section: SettingsSection, value: unknown, revision: number | null = null): Promise<SettingsState> =>
    this.ask('PUT', `settings/${section}`, settingsState, { body: value, revision });
  undo = (): Promise<SettingsState> => this.ask('POST', 'settings/undo', settingsState);
  firstRun = (preset: PresetName): Promise<SettingsState> =>
    this.ask('POST', 'first-run', settingsState, { body: { preset } });

  useProfile = (id: string | null | 'automatic'): Promise<SettingsState> => {
    const path = id === null ? 'none' : id === 'automatic' ? 'automatic' : `${id}/use`;
    return this.ask('POST', `profiles/${path}`, settingsState);
  };
  exportProfile = (id: string): Promise<ProfileFile> => this.ask('GET', `profiles/${id}`, profileFile);
  importProfile = (document: unknown): Promise<ProfileImported> =>
    this.ask('POST', 'profiles/import', profileImported, { body: document });

  state = (): Promise<EngineState> => this.ask('GET', 'state', engineState);
  doctor = (): Promise<DoctorAnswer['findings']> =>
    this.ask('GET', 'doctor', doctorAnswer).then(({ findings }) => findings);
  voices = () => this.ask('GET', 'voices', voicesAnswer).then(({ voices }) => voices);
  offers = (): Promise<Offer[]> => this.ask('GET', 'offers', offersAnswer).then(({ offers }) => offers);
  useOffer = (id: string) =>
    this.ask('POST', `offers/${id}/use`, offerUsed, { ms: useWithinMs }).then(({ used }) => used);
  recordings = (): Promise<Offer[]> =>
    this.ask('GET', 'recordings', recordingsAnswer, { ms: useWithinMs }).then(({ recordings }) => recordings);
  importRecording = (id: string): Promise<RecordingImported> =>
    this.ask('POST', `recordings/${id}/import`, recordingImported, { ms: useWithinMs });
  urls = () => this.ask('GET', 'urls', urlsAnswer).then(({ urls }) => urls);
  /** The old addresses stop working, this page's too: the answer has the new ones. */
  renewToken = () => this.ask('POST', 'token/renew', tokenRenewed).then(({ urls }) => urls);
  obsPassword = (password: string) =>
    this.ask('POST', 'obs/password', kept, { body: { password } }).then(() => undefined);
  cost = (): Promise<CostState> => this.ask('GET', 'cost', costState);
  startCost = (blockS: number, pairs: number): Promise<CostState> =>
    this.ask('POST', `cost/start/${blockS}/${pairs}`, costState);
  renewCost = (): Promise<CostState> => this.ask('POST', 'cost/renew', costState);
  stopCost = (): Promise<CostState> => this.ask('POST', 'cost/stop', costState);
  drawAll = (): Promise<CostState> => this.ask('POST', 'cost/full', costState);
  sharedLaps = (): Promise<SharedLap[]> =>
    this.ask('GET', 'server-references', sharedLapsAnswer, { ms: useWithinMs }).then(
      ({ references }) => references,
    );
  fetchSharedLap = (id: string) =>
    this.ask('POST', `server-references/${id}/fetch`, sharedLapFetched, { ms: useWithinMs }).then(
      ({ fetched }) => fetched,
    );
  sync = (): Promise<SyncState> => this.ask('GET', 'sync', syncState);
  syncNow = (): Promise<SyncState> => this.ask('POST', 'sync/now', syncState);
  syncAgain = (): Promise<SyncState> => this.ask('POST', 'sync/again', syncState);
  health = () => this.ask('GET', 'health', engineHealth);
}
