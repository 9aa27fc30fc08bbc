/** How the laps get to the server: `GET /api/sync`, `POST /api/sync/now`, and the part of `GET /api/health`. */
import * as z from 'zod';

/**
 * `off`: no server was named. `signed-out`: it wants a login again. `idle`: all is sent. `sending`. `paused`: while the driver drives. `waiting`: the server or the
 * network was not there; it is tried again by itself. `trouble`: that does not go away by waiting.
 */
export const syncStates = ['off', 'signed-out', 'idle', 'sending', 'paused', 'waiting', 'trouble'] as const;

export const refusedLap = z.object({
  lapId: z.string(),
  track: z.string(),
  car: z.string(),
  /** When its session was stored, ISO 8601. */
  date: z.string(),
  stint: z.number().int(),
  lap: z.number().int(),
  /** Of the server's list of problems, and its sentence. */
  code: z.string(),
  text: z.string(),
});
export type RefusedLap = z.infer<typeof refusedLap>;

/** More refused laps than anybody reads are only counted. */
export const mostRefusedShown = 50;

export const syncState = z.object({
  state: z.enum(syncStates),
  /** In one sentence, with what to do. */
  text: z.string(),
  /** The server's address, without anything secret; null: none. */
  server: z.string().nullable(),
  user: z.string().nullable(),
  waiting: z.number().int(),
  refused: z.number().int(),
  refusedLaps: z.array(refusedLap).max(mostRefusedShown),
  /** When something arrived there last, ISO 8601. */
  lastSuccess: z.string().nullable(),
  nextAttempt: z.string().nullable(),
});
export type SyncState = z.infer<typeof syncState>;

/** Where there is no server, and in what plays a recording. */
export const syncOff: SyncState = {
  state: 'off',
  text: 'No server is set up: racing-coach login URL signs in to one.',
  server: null,
  user: null,
  waiting: 0,
  refused: 0,
  refusedLaps: [],
  lastSuccess: null,
  nextAttempt: null,
};

/** A reference lap that somebody shared on the server: `GET /api/server-references`, of the track and car of now. */
export const sharedLap = z.object({
  /** The server's. */
  id: z.string(),
  label: z.string(),
  driver: z.string(),
  track: z.string(),
  car: z.string(),
  condition: z.enum(['dry', 'wet']),
  lapTimeS: z.number(),
  /** It is in the library already. */
  fetched: z.boolean(),
});
export type SharedLap = z.infer<typeof sharedLap>;
export const sharedLapsAnswer = z.object({ references: z.array(sharedLap) });

/** What `POST /api/server-references/:id/fetch` answers. */
export const sharedLapFetched = z.object({
  fetched: z.object({ id: z.string(), label: z.string(), lapTimeS: z.number() }),
});
export type SharedLapFetched = z.infer<typeof sharedLapFetched>;

export const syncSettings = z.object({
  /** Whether laps are sent while the driver is on the track as well. */
  whileDriving: z.boolean().default(false).meta({
    title: 'Send laps while you drive',
    description: 'Otherwise they wait for the pits, the garage and the menus.',
  }),
});
export type SyncSettings = z.infer<typeof syncSettings>;
