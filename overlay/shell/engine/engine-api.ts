/**
 * The engine's HTTP interface as the shell uses it: `GET /api/settings` gives the settings, `PUT /api/settings/overlay` keeps the shell's section.
 * The token goes in a header, so that no log of addresses holds it. Answers are checked; the engine may be of another version.
 */
import {
  type OverlaySettings,
  type ProfileFile,
  profileFile,
  type Settings,
  settings,
} from '@racing-coach/contract';
import type * as z from 'zod';
import type { EngineAddress } from './engine-address.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const withinMs = 3000;

export class EngineApi {
  readonly #address: Pick<EngineAddress, 'port' | 'token'>;
  readonly #fetch: Fetch;

  constructor(address: Pick<EngineAddress, 'port' | 'token'>, fetch: Fetch) {
    this.#address = address;
    this.#fetch = fetch;
  }

  /** Rejects with a sentence when the engine does not answer or answers something else. */
  async settings(): Promise<Settings> {
    return this.#get('settings', settings);
  }

  /** As it is given to others. Rejects like {@link settings}. */
  async profile(id: string): Promise<ProfileFile> {
    return this.#get(`profiles/${id}`, profileFile);
  }

  async saveOverlay(overlay: OverlaySettings): Promise<void> {
    await this.#call('settings/overlay', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(overlay),
    });
  }

  async #get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    const response = await this.#call(path, { method: 'GET' });
    const checked = schema.safeParse(await response.json());
    if (!checked.success)
      throw new Error('The engine answered with settings that this version does not know.');
    return checked.data;
  }

  async #call(path: string, init: RequestInit): Promise<Response> {
    const { port, token } = this.#address;
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    const signal = AbortSignal.timeout(withinMs);
    const response = await this.#fetch(`http://127.0.0.1:${port}/api/${path}`, { ...init, headers, signal });
    if (!response.ok)
      throw new Error(`The engine answered ${init.method} /api/${path} with ${response.status}.`);
    return response;
  }
}
