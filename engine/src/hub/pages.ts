/**
 * The built pages as files under a folder. Only what the build made is served: no listing, no dot files, nothing outside the folder.
 * The user's own voice packs are the one exception: they lie in the data directory. `/hud/` asks for the token, because the page hands it on to the hub; scripts and fonts hold no secret and need none.
 * `/obs/<layout>` is one page in several layouts, and also opens with the viewers' token.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { obsLayouts, voicePackFile } from '@racing-coach/contract';
import type { Access, PageKind } from './access.ts';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.mp3': 'audio/mpeg',
  '.fnt': 'text/plain; charset=utf-8',
};

const obsPage = normalize('obs/index.html');
const pagePaths = [
  ...['hud/index.html', 'audio/index.html', 'settings/index.html', 'review/index.html'].map(normalize),
  obsPage,
];

/** Addresses without their slash; a layout of OBS has none. */
const withoutSlash = ['/hud', '/audio', '/settings', '/review', '/obs'];

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export interface PageFolders {
  /** The built pages. */
  pages: string;
  /** The user's own voice packs, under `/voices/`; null where there is no such folder. */
  voices: string | null;
}

/** Answers a GET of `target`, of which path and query count. Never throws. */
export async function answerPage(target: URL, folders: PageFolders, access: Access): Promise<Answer> {
  const { pathname, searchParams } = target;
  if (withoutSlash.includes(pathname)) return redirect(`${pathname}/${target.search}`);
  const path = pathOf(pathname);
  if (path === null) return plain(404, 'There is no such page.');
  if (extname(path).toLowerCase() === '.html' && !mayOpen(path, access.kindOf(searchParams.get('token'))))
    return plain(403, 'This address needs the token of this installation. See: racing-coach token show');
  try {
    return page(path, await readFile(fileOf(path, folders)));
  } catch {
    const isPage = pagePaths.includes(path);
    return isPage
      ? plain(503, 'The pages are not built. Run: npm run build:pages')
      : plain(404, 'There is no such page.');
  }
}

function mayOpen(path: string, kind: PageKind | null): boolean {
  return kind === 'own' || (kind === 'viewers' && path === obsPage);
}

function pathOf(pathname: string): string | null {
  if (obsLayouts.some((layout) => pathname === `/obs/${layout}`)) return obsPage;
  return decodePath(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
}

function fileOf(path: string, { pages, voices }: PageFolders): string {
  const [top, ...below] = path.split(sep);
  const voice = top === 'voices' ? voicePackFile.exec(below.join('/')) : null;
  return voices !== null && voice !== null ? join(voices, voice[1] ?? '', voice[2] ?? '') : join(pages, path);
}

/** A relative path below the folder, or null for one that tries to leave it, hides or cannot be decoded. */
function decodePath(pathname: string): string | null {
  let text: string;
  try {
    text = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\\:\0]/.test(text)) return null;
  const parts = text.split('/').filter((part) => part !== '');
  return parts.length === 0 || parts.some((part) => part.startsWith('.')) ? null : parts.join(sep);
}

function page(path: string, body: Uint8Array): Answer {
  const type = contentTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
  // The page's address holds the token: no cache keeps it. The rest is asked for anew, so that an update is seen.
  const cache = extname(path) === '.html' ? 'no-store' : 'no-cache';
  return { status: 200, headers: { 'content-type': type, 'cache-control': cache }, body };
}

function plain(status: number, text: string): Answer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: `${text}\n` };
}

function redirect(location: string): Answer {
  return { ...plain(308, ''), headers: { location, 'cache-control': 'no-store' } };
}
