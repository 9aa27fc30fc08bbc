/** What may be saved as a file: what one of our own pages made, a profile for example. Electron asks where to. */
import { isAppUrl } from '../protocol/app-scheme.ts';

/** @param url `blob:` and the address of the page that made it */
export const mayDownload = (url: string): boolean =>
  url.startsWith('blob:') && isAppUrl(url.slice('blob:'.length));
