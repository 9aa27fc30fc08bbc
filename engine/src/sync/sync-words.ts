/** How sync says how it stands, a sentence each. */
import type { SyncState } from '@racing-coach/contract';

export interface Moment {
  state: SyncState['state'];
  /** Of a failure: what is in the way. */
  cause: string | null;
  /** The server's address. */
  server: string;
  waiting: number;
  refused: number;
}

const laps = (count: number) => (count === 1 ? '1 lap' : `${count} laps`);
const wait = (count: number) => (count === 1 ? '1 lap waits' : `${count} laps wait`);

export function syncText({ state, cause, server, waiting, refused }: Moment): string {
  const kept = refused === 0 ? '' : ` Refused for good: ${laps(refused)}.`;
  switch (state) {
    case 'off':
      return 'No server is set up: racing-coach login URL signs in to one.';
    case 'signed-out':
      return `${server} wants a login again: racing-coach login ${server}. ${wait(waiting)}.`;
    case 'idle':
      return `Everything that can be sent is on ${server}.${kept}`;
    case 'sending':
      return `Sending to ${server}: ${laps(waiting)} to go.${kept}`;
    case 'paused':
      return `${wait(waiting)} until you are in the pits, the garage or the menus.${kept}`;
    case 'waiting':
    case 'trouble':
      return `${cause ?? 'The server does not answer.'} ${wait(waiting)}.${kept}`;
  }
}
