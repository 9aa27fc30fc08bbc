/**
 * What the page's address asks for: `/obs/<layout>?token=…&delay=2500&audio=1`. OBS keeps the address, so everything that a source can be told stands in
 * it; what is not understood is left at its default, because nobody looks at a page in OBS for an error.
 */
import { mostObsDelayMs, type ObsLayout, obsLayouts } from '@racing-coach/contract';

export interface ObsAddress {
  layout: ObsLayout;
  /** How long everything is held back, to match a stream that is delayed itself; 0 to 60,000. */
  delayMs: number;
  /** Whether this page sounds, for OBS to capture. */
  audio: boolean;
  /** The hub, which is told that viewers see this. */
  hub: string;
}

export function readObsAddress(page: URL): ObsAddress {
  const name = page.pathname.split('/').at(2);
  const delayMs = Number(page.searchParams.get('delay') ?? 0);
  return {
    layout: obsLayouts.find((layout) => layout === name) ?? 'full',
    delayMs: Number.isFinite(delayMs) ? Math.min(mostObsDelayMs, Math.max(0, delayMs)) : 0,
    audio: page.searchParams.get('audio') === '1',
    hub: hubOf(page),
  };
}

function hubOf(page: URL): string {
  const url = new URL('/hub', page);
  url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams({
    token: page.searchParams.get('token') ?? '',
    for: 'viewers',
  }).toString();
  return url.href;
}
