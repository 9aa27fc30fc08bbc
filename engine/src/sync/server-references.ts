/** Shared reference laps of the server, as the library fetches them. Every method rejects with a coded error that says what is in the way. */
import { CodedError } from '@racing-coach/contract';
import { reference, referencePage, type SharedReference } from '@racing-coach/contract/server';
import type { DataDir } from '../data/data-dir.ts';
import { readServerLogin } from '../data/server-login.ts';
import { unreachable } from './pair-device.ts';
import { problemOf } from './server-answer.ts';
import { ServerRequests } from './server-requests.ts';

/** What the server takes at most. */
const mostLapFileBytes = 32 * 1024 * 1024;
const pageLimit = 100;
/** More laps of a track and car than anybody chooses from. */
const mostPages = 5;

export class ServerReferences {
  readonly #requests: ServerRequests;

  constructor(requests: ServerRequests) {
    this.#requests = requests;
  }

  /** With the login of the data directory; null without one. */
  static of(dataDir: DataDir, stopped: AbortSignal): ServerReferences | null {
    const login = readServerLogin(dataDir);
    if (login === null || login.token === null) return null;
    const { url, token } = login;
    return new ServerReferences(new ServerRequests({ url, token, stopped, now: () => new Date() }));
  }

  /** The fastest first. */
  async list(place: { trackKey?: string; carKey?: string }): Promise<SharedReference[]> {
    const found: SharedReference[] = [];
    let after: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const query = { ...place, limit: pageLimit, ...(after === null ? {} : { after }) };
      const answer = await this.#requests.ask((api) => api.GET('/api/v1/references', { params: { query } }));
      const parsed = 'kind' in answer || answer.status >= 300 ? null : referencePage.safeParse(answer.body);
      if (parsed?.success !== true) throw unreachable(this.#requests.url, answer);
      found.push(...parsed.data.items);
      after = parsed.data.next;
      if (after === null) break;
    }
    return found;
  }

  /** Null when it is not there, or not for this user any more. */
  async find(id: string): Promise<SharedReference | null> {
    const answer = await this.#requests.ask((api) =>
      api.GET('/api/v1/references/{referenceId}', { params: { path: { referenceId: id } } }),
    );
    if (!('kind' in answer)) {
      if (problemOf(answer)?.code === 'not-found' || problemOf(answer)?.code === 'invalid') return null;
      const parsed = reference.safeParse(answer.body);
      if (answer.status < 300 && parsed.success) return parsed.data;
    }
    throw unreachable(this.#requests.url, answer);
  }

  /** The lap file, as it is. */
  async file(id: string): Promise<Uint8Array> {
    const params = { path: { referenceId: id } };
    const answer = await this.#requests.askFile(
      (api) => api.GET('/api/v1/references/{referenceId}/file', { params, parseAs: 'arrayBuffer' }),
      mostLapFileBytes,
    );
    if (!('kind' in answer) && answer.body instanceof ArrayBuffer) return new Uint8Array(answer.body);
    if ('kind' in answer || problemOf(answer)?.code !== 'not-found')
      throw unreachable(this.#requests.url, answer);
    throw new CodedError('server-reference-not-found', { id });
  }
}
