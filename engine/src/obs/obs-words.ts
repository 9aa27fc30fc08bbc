/** What is said about OBS: one sentence for each thing, with what to do. Codes are those of obs-websocket 5. */
import type { ObsFailure } from './obs-client.ts';

export const obsCodes = {
  /** Close codes. */
  authenticationFailed: 4009,
  versionDiffers: 4010,
  kicked: 4011,
  /** Answers to requests. */
  unknownRequest: 204,
  outputNotRunning: 501,
  notFound: 600,
} as const;

const serverSettings = 'Tools, WebSocket Server Settings';

/** Why there is no connection. */
export function connectionText(failure: ObsFailure, address: string, hasPassword: boolean): string {
  switch (failure.code) {
    case obsCodes.authenticationFailed:
      return hasPassword
        ? `OBS does not take the password: copy it anew from OBS (${serverSettings}, Show Connect Info).`
        : `OBS wants its password: copy it from OBS (${serverSettings}, Show Connect Info).`;
    case obsCodes.versionDiffers:
      return 'OBS speaks another version of its protocol: update OBS to 28 or newer.';
    case obsCodes.kicked:
      return `OBS closed the connection on purpose: it is tried again later.`;
    default:
      return `OBS does not answer at ${address}: start it, and switch its server on (${serverSettings}).`;
  }
}

export const bufferNotRunning =
  'OBS’ replay buffer does not run, so best laps are not saved: switch it on (Settings, Output) and start it.';

export function bufferTooShort(haveS: number, needS: number): string {
  return `OBS’ replay buffer holds ${haveS} s, a lap here with the 10 s after it takes ${needS} s: set it to ${needS} s or more (Settings, Output, Replay Buffer).`;
}

export function saveFailed(failure: ObsFailure): string {
  return failure.code === obsCodes.outputNotRunning
    ? bufferNotRunning
    : 'OBS did not save the replay buffer: look whether its disk is full.';
}

export const savedNotConnected = 'A best lap was not saved: OBS was not there.';

export function chapterFailed(failure: ObsFailure): string {
  return failure.code === obsCodes.unknownRequest
    ? 'This OBS cannot set chapters: update it to 30.2 or newer, or switch chapters off.'
    : 'OBS sets chapters in Hybrid MP4 alone: choose that recording format (Settings, Output, Recording), or switch chapters off.';
}

export function sceneFailed(failure: ObsFailure, scene: string): string {
  return failure.code === obsCodes.notFound
    ? `OBS has no scene “${scene}”: choose another for incidents.`
    : `OBS did not switch to the scene “${scene}”.`;
}
