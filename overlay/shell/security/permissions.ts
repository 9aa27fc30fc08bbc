/**
 * What pages may be given. Electron grants everything by default; here nothing is granted but what is listed. Chromium asks for a permission
 * before a page may reach this machine's own network: without it no page gets to the hub.
 */
import { isAppUrl } from '../protocol/app-scheme.ts';

/** Newer versions of Chromium say `loopback-network`, older ones the other. Addresses for OBS are copied by a button. */
const granted = ['loopback-network', 'local-network-access', 'clipboard-sanitized-write'];

/** When a page asks. @param from address of the page or its origin */
export function permissionGranted(permission: string, from: string): boolean {
  return granted.includes(permission) && isAppUrl(from);
}

/**
 * When Chromium looks whether a page has something already. It names the devices of sound, and moves sound to one of them, only for pages that could
 * listen as well; none of ours can, because listening is asked for, and that is refused above.
 * @param mediaType of the permission `media`
 */
export function permissionHeld(permission: string, from: string, mediaType?: string): boolean {
  const namesDevices = permission === 'media' && mediaType === 'audio' && isAppUrl(from);
  return namesDevices || permissionGranted(permission, from);
}
