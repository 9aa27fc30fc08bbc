/** Every door of a running engine, and everything that must not open it. */
import { obsLayouts } from '@racing-coach/contract';
import { type Asked, upgradeHeaders } from './raw-request.ts';

export interface Door {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  kind: 'page' | 'api' | 'socket';
  /** Whether the token of the pages for viewers opens it. */
  viewers: boolean;
}

const page = (path: string, viewers = false): Door => ({ method: 'GET', path, kind: 'page', viewers });
const api = (method: Door['method'], path: string): Door => ({
  method,
  path: `/api/${path}`,
  kind: 'api',
  viewers: false,
});

export const doors: Door[] = [
  page('/hud/'),
  page('/hud/index.html'),
  page('/audio/'),
  page('/settings/'),
  page('/obs/', true),
  page('/obs/index.html', true),
  ...obsLayouts.map((layout) => page(`/obs/${layout}`, true)),
  ...['state', 'health', 'offers', 'urls', 'settings', 'settings/state', 'doctor', 'voices'].map((path) =>
    api('GET', path),
  ),
  ...['offers/abcd/use', 'token/renew', 'obs/password', 'settings/undo', 'first-run', 'profiles/import'].map(
    (path) => api('POST', path),
  ),
  api('PUT', 'settings/look'),
  { method: 'GET', path: '/hub', kind: 'socket', viewers: true },
  { method: 'GET', path: '/hub?for=viewers', kind: 'socket', viewers: true },
];

export interface Keys {
  token: string;
  viewersToken: string;
  port: number;
}

/** The door with a token in the address, as a browser would ask. */
export function knock({ method, path, kind }: Door, token: string | null, { port }: Keys): Asked {
  const query = token === null ? '' : `${path.includes('?') ? '&' : '?'}token=${token}`;
  const headers: Record<string, string> = kind === 'socket' ? { ...upgradeHeaders } : {};
  if (method !== 'GET') headers['Content-Type'] = 'application/json';
  return {
    method,
    target: path + query,
    host: `127.0.0.1:${port}`,
    headers,
    ...(method === 'GET' ? {} : { body: '{}' }),
  };
}

/** Tokens that are none. */
export const wrongTokens: [what: string, token: (keys: Keys) => string | null][] = [
  ['no token', () => null],
  ['an empty token', () => ''],
  ['another token', () => 'f'.repeat(32)],
  ['the token in capitals', ({ token }) => token.toUpperCase().replace(/^\d/, 'A')],
  ['a token that is cut short', ({ token }) => token.slice(0, -1)],
  ['a token with more behind it', ({ token }) => `${token}0`],
  ['a token with a NUL behind it', ({ token }) => `${token}%00`],
  ['a token with a space before it', ({ token }) => `%20${token}`],
  ['a wrong token before the right one', ({ token }) => `x&token=${token}`],
  ['the token under another name', ({ token }) => `&Token=${token}`],
  ['the token as a list', ({ token }) => `&token[]=${token}`],
  ['a token that is encoded twice', ({ token }) => token.replace(/^./, (first) => `%25${hex(first)}`)],
];
const hex = (text: string) => text.charCodeAt(0).toString(16);

/** The token where no door looks for it. */
export const wrongPlaces: [what: string, headers: (keys: Keys) => Record<string, string>][] = [
  ['in a cookie', ({ token }) => ({ Cookie: `token=${token}` })],
  ['in the referrer', ({ token, port }) => ({ Referer: `http://127.0.0.1:${port}/hud/?token=${token}` })],
  ['in a header of its own', ({ token }) => ({ 'X-Token': token })],
  ['as basic authorisation', ({ token }) => ({ Authorization: `Basic ${token}` })],
];

/** Names under which this machine is reached by somebody who rebound theirs to it; null: none is given. */
export const wrongHosts = (port: number): (string | null)[] => [
  'evil.example',
  `evil.example:${port}`,
  '127.0.0.1',
  'localhost',
  '127.0.0.1:1',
  `127.0.0.1:${port}.evil.example`,
  `127.0.0.1.evil.example:${port}`,
  `evil@127.0.0.1:${port}`,
  `0.0.0.0:${port}`,
  `127.1:${port}`,
  `2130706433:${port}`,
  `[::]:${port}`,
  `localhost.:${port}`,
  '',
  null,
];

export const wrongOrigins = (port: number): string[] => [
  'http://evil.example',
  'null',
  '',
  `https://127.0.0.1:${port}`,
  'http://127.0.0.1',
  'http://127.0.0.1:1',
  `http://127.0.0.1:${port}.evil.example`,
  `http://evil.example:${port}`,
  `http://127.0.0.1:${port}/`,
  'file://',
  'racing-coach://evil',
  'racing-coach://app.evil.example',
  'chrome-extension://abcdefghijklmnop',
];

/** Paths that try to leave the pages' folder, or to pass a door under another name. */
export const pathTricks = [
  '/../token',
  '/hud/../../token',
  '/hud/%2e%2e/%2e%2e/token',
  '/hud/..%2f..%2ftoken',
  '/hud/%252e%252e%252f%252e%252e%252ftoken',
  '/hud/..%5c..%5ctoken',
  '/hud\\..\\..\\token',
  '/hud/..\\..\\token',
  '/hud/%c0%ae%c0%ae/%c0%ae%c0%ae/token',
  '/hud/%00',
  '/hud/index.html%00.js',
  '/hud/index.html%20',
  '/hud/index.html.',
  '/hud/INDEX.HTML',
  '/hud/index.html::$DATA',
  '/hud/index.html/',
  '/HUD/',
  '/obs/full/',
  '/obs/FULL',
  '/obs/full%2f..%2f..%2fhud%2findex.html',
  '/obs/../hud/index.html',
  '/obs/%2e%2e/hud/index.html',
  '/obs/..%2fhud%2findex.html',
  '/obs/other',
  '/voices/../token',
  '/voices/..%2ftoken',
  '/voices/heart/..%2f..%2fsettings.json',
  '/voices/%2e%2e/settings.json',
  '/etc/passwd',
  '//etc/passwd',
  '///etc/passwd',
  '/%2fetc%2fpasswd',
  '/C:/Windows/win.ini',
  '/C%3a%5cWindows%5cwin.ini',
  '//server/share/file',
  '/%5c%5cserver%5cshare%5cfile',
  '\\\\server\\share\\file',
  '/.git/config',
  '/hud/.htaccess',
  '/~root/',
  '/hud/;/../../token',
  '//api/state',
  '/api//state',
  '/api/./state',
  '/api/%73tate',
  '/api/state/',
  '/api/state%00',
  '/api/state;x',
  '/API/STATE',
  '/hud/../api/state',
  '/api\\state',
  '/hub/',
  '/%68ub',
  '*',
  'hud/',
  '',
];

export const methods = [
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
  'BREW',
];
