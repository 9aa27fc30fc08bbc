/** How laps get to the server, and sending them now. */
import { type SyncState, syncOff } from '@racing-coach/contract';

export interface SyncGate {
  state(): SyncState;
  /** Sends what waits, also on the track. */
  sendNow(): Promise<void>;
  /** And what was refused. */
  sendAgain(): Promise<void>;
}

type SyncRoute = (api: { sync?: SyncGate }) => SyncState | Promise<SyncState>;

export const syncRoutes: { method: 'GET' | 'POST'; path: RegExp; answer: SyncRoute }[] = [
  { method: 'GET', path: /^\/api\/sync$/, answer: ({ sync }) => sync?.state() ?? syncOff },
  {
    method: 'POST',
    path: /^\/api\/sync\/now$/,
    answer: async ({ sync }) => {
      await sync?.sendNow();
      return sync?.state() ?? syncOff;
    },
  },
  {
    method: 'POST',
    path: /^\/api\/sync\/again$/,
    answer: async ({ sync }) => {
      await sync?.sendAgain();
      return sync?.state() ?? syncOff;
    },
  },
];
