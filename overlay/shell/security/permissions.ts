/**
 * What pages may be given. Electron grants everything by default; here nothing is granted but what is listed. Chromium asks for a permission
 * before a page may reach this machine's own network: without it no page gets to the hub.
 *
 * A request is a page that asks for something; a check is Chromium that looks whether it was granted. Chromium names the sound outputs, and plays on
 * another than the system's, where a check for `speaker-selection` succeeds. The microphone, which would do the same, is refused: no page listens.
 */
import { type AppPage, isAppUrl } from '../protocol/app-scheme.ts';

/** Newer versions of Chromium say `loopback-network`, older ones the other. */
const granted = ['loopback-network', 'local-network-access'];

/** The page on which an output is chosen, and the one that plays on it. */
const soundPages: readonly AppPage[] = ['settings', 'audio'];

export interface PermissionCheck {
  permission: string;
  /** The frame's address, or its origin where Chromium has no more; empty where it has neither. */
  from: string;
  isTopFrame: boolean;
}

/** @param from address of the page or its origin */
export function permissionGranted(permission: string, from: string): boolean {
  return granted.includes(permission) && isAppUrl(from);
}

export function permissionChecked({ permission, from, isTopFrame }: PermissionCheck): boolean {
  if (permissionGranted(permission, from)) return true;
  return permission === 'speaker-selection' && isTopFrame && isSoundPage(from);
}

function isSoundPage(text: string): boolean {
  const page = isAppUrl(text) ? new URL(text).pathname.split('/')[1] : undefined;
  return soundPages.some((name) => name === page);
}
