/** Giving a profile away as a file: the browser downloads it, the desktop app asks where it is to be and writes it. */
import type { Profile, ProfileExport } from '@racing-coach/contract';
import { type Page, usePage } from '../page.ts';

/** What the button does. What went on is said at the foot, and only what is true. */
export function useProfileExport({ id, name }: Profile): () => Promise<void> {
  const page = usePage();
  return async () => {
    try {
      page.store.say(...words(name, await exported(id, page)));
    } catch (error) {
      page.store.say(error instanceof Error ? error.message : String(error), true);
    }
  };
}

async function exported(id: string, { api, shell }: Page): Promise<ProfileExport | 'handed'> {
  if (shell !== null) return shell.exportProfile(id);
  download(`${id}.racing-coach.json`, await api.exportProfile(id));
  return 'handed';
}

function words(name: string, how: ProfileExport | 'handed'): [text: string, bad: boolean] {
  // Whether a browser keeps a download, it tells nobody.
  if (how === 'handed') return [`“${name}” is handed to your browser as a download.`, false];
  if (how.kind === 'failed') return [how.why, true];
  return [how.kind === 'written' ? `“${name}” is written to a file.` : 'Nothing was written.', false];
}

function download(name: string, document: unknown): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(document, null, 2)}\n`], { type: 'application/json' }),
  );
  const link = Object.assign(window.document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
