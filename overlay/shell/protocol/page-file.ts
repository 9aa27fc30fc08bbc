/**
 * Which file of the pages' folder an address asks for. Refuses rather than repairs: whatever is decoded to something that could leave the
 * folder, name a device or a stream on Windows, or hide, is no page.
 */
import { extname } from 'node:path';
import { voicePackFile } from '@racing-coach/contract';
import { appPages } from './app-scheme.ts';

export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.flac': 'audio/flac',
  '.mp3': 'audio/mpeg',
};

const voicesStart = '/voices/';

/** What Windows takes for a device whatever its ending. */
const device = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;

/** `/voices/<pack>/<file>` of the user's own packs, which the engine gives away under the same rule; null for everything else. */
export function voicePath(pathname: string): string | null {
  const text = decoded(pathname);
  const found = text?.startsWith(voicesStart) ? voicePackFile.exec(text.slice(voicesStart.length)) : null;
  const parts = found?.slice(1) ?? [];
  return parts.length > 0 && parts.every(isPlainName) ? `${voicesStart}${parts.join('/')}` : null;
}

/** Path parts below the pages' folder; null when that is no page of ours. */
export function pageFile(pathname: string): string[] | null {
  const text = decoded(pathname);
  if (text === null) return null;
  const parts = text.split('/').slice(1);
  if (parts.at(-1) === '') parts[parts.length - 1] = 'index.html';
  const [page = ''] = parts;
  if (parts.length < 2 || !(appPages as readonly string[]).includes(page)) return null;
  if (!parts.every(isPlainName)) return null;
  return contentTypes[extname(parts.at(-1) ?? '')] === undefined ? null : parts;
}

/** Letters, digits and what our build puts between them: no separator, drive, stream, wildcard or control character passes. */
function isPlainName(part: string): boolean {
  return /^[\w@-][\w.@-]*$/.test(part) && !part.endsWith('.') && !device.test(part);
}

/** Decoded once: what is still encoded afterwards is a name with a per cent sign, and refused as such. */
function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
