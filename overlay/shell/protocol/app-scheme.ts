/**
 * `racing-coach://app` is the origin of every page of the shell. Pages from a scheme of our own have no file access, a stable origin that the
 * hub knows, and headers that we choose.
 */

export const appScheme = 'racing-coach';
export const appHost = 'app';
export const appOrigin = `${appScheme}://${appHost}`;

/**
 * Registered before Electron is ready. `standard` gives relative addresses and an origin, `secure` a secure context. `corsEnabled`, because fonts and
 * module scripts are asked for in that mode; no answer of ours has a CORS header, so no other origin reads one. Nothing bypasses the policy.
 */
export const appSchemePrivileges = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  bypassCSP: false,
  corsEnabled: true,
  allowServiceWorkers: false,
  stream: false,
  codeCache: true,
} as const;

/** What the app's pages may be. Each is a folder of the built pages; the rest of that folder (the playground) is not for drivers. */
export const appPages = ['hud', 'edit', 'settings', 'review', 'audio'] as const;
export type AppPage = (typeof appPages)[number];

/** `racing-coach://app/hud/?…` */
export function pageUrl(page: AppPage, query = ''): string {
  return `${appOrigin}/${page}/${query === '' ? '' : `?${query}`}`;
}

/**
 * Whether an address belongs to one of our pages. By scheme and host, because `URL.origin` is "null" for schemes that Node does not know; a user
 * name or a port would make another address of it.
 */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url?.protocol === `${appScheme}:` &&
    url.hostname === appHost &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}
