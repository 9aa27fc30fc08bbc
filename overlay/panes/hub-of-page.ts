/** Where a pane finds the hub: its own host, or what the desktop app put into its address. */
import { hubUrl } from '../link/hub-link.ts';

/** null where there is none yet, as in the app before its engine runs. */
export function hubOfPage(page: URL): string | null {
  const given = URL.parse(page.searchParams.get('hub') ?? '');
  const url = given?.protocol === 'ws:' && given.hostname === '127.0.0.1' ? given.href : hubUrl(page);
  return url.startsWith('ws') ? url : null;
}
