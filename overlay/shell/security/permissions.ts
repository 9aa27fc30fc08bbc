/**
 * What pages may be given. Electron grants everything by default; here nothing is granted but what is listed. Chromium asks for a permission
 * before a page may reach this machine's own network: without it no page gets to the hub.
 */
import { isAppUrl } from '../protocol/app-scheme.ts';

/** Newer versions of Chromium say `loopback-network`, older ones the other. */
const granted = ['loopback-network', 'local-network-access'];

/** @param from address of the page or its origin */
export function permissionGranted(permission: string, from: string): boolean {
  return granted.includes(permission) && isAppUrl(from);
}
