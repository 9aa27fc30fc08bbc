/** Shared laps of the server, of the track and car of now. */
import { CodedError, type SharedLap, type SharedLapFetched } from '@racing-coach/contract';

export interface SharedLapsGate {
  list(): Promise<SharedLap[]>;
  /** Into the library. Rejects with what is wrong with it. */
  fetch(id: string): Promise<SharedLapFetched>;
}

interface SharedLapRoute {
  method: 'GET' | 'POST';
  path: RegExp;
  answer(api: { sharedLaps?: SharedLapsGate }, words: string[]): Promise<unknown>;
}

export const sharedLapRoutes: SharedLapRoute[] = [
  {
    method: 'GET',
    path: /^\/api\/server-references$/,
    answer: async ({ sharedLaps }) => ({ references: (await sharedLaps?.list()) ?? [] }),
  },
  {
    method: 'POST',
    path: /^\/api\/server-references\/([0-9a-f-]{36})\/fetch$/,
    answer: async ({ sharedLaps }, [id = '']) => {
      if (sharedLaps === undefined) throw new CodedError('not-signed-in');
      return sharedLaps.fetch(id);
    },
  },
];
