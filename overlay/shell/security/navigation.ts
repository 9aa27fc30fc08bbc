/**
 * Where pages may go: a window stays on the page it was opened with; nothing opens another window. Links go to the user's browser, to the places of
 * this list alone, because opening an address hands it to whatever program Windows has for its scheme.
 */
import { isAppUrl } from '../protocol/app-scheme.ts';

/** Hosts of the links in our own pages. */
const linkHosts = [
  'github.com',
  'obsproject.com',
  'openkneeboard.com',
  'www.iracing.com',
  'support.iracing.com',
];

/** A reload, or another address of the same page; never another page of ours, because a window's rights come from its kind. */
export function mayNavigate(from: string, to: string): boolean {
  if (!isAppUrl(from) || !isAppUrl(to)) return false;
  return new URL(from).pathname === new URL(to).pathname;
}

/** The address to open in the browser, as the parser understood it; null for one that is not opened. */
export function externalLink(text: string): string | null {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.port !== '')
    return null;
  return linkHosts.includes(url.hostname) ? url.href : null;
}
