/** The addresses that a person or a script needs, with their tokens. */
import type { ObsLayout, PageUrls, ReadyDocument } from '@racing-coach/contract';
import type { Access } from './access.ts';

export function pageUrls(port: number, { token, viewersToken }: Access): PageUrls {
  const at = `127.0.0.1:${port}`;
  const layout = (name: ObsLayout) => `http://${at}/obs/${name}?token=${viewersToken}`;
  return {
    hud: `http://${at}/hud/?token=${token}`,
    audio: `http://${at}/audio/?token=${token}`,
    settings: `http://${at}/settings/?token=${token}`,
    review: `http://${at}/review/?token=${token}`,
    'obs/minimal': layout('minimal'),
    'obs/coach': layout('coach'),
    'obs/full': layout('full'),
    'obs/input': layout('input'),
    hub: `ws://${at}/hub?token=${token}`,
    api: `http://${at}/api/`,
  };
}

/** Those of the ready line. */
export function readyUrls({
  hud,
  hub,
  audio,
  settings,
  review,
  api,
  'obs/full': obs,
}: PageUrls): ReadyDocument['urls'] {
  return { hud, hub, audio, settings, review, obs, api };
}
