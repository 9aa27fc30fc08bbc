/**
 * Whether somebody drives, from the coach's status. Statuses that this version does not know count as driving: an overlay that stays is a
 * nuisance, one that leaves in a corner is a fault.
 */

/** Nothing of the overlay is of use in these. */
const notDriving = new Set([
  'no-source',
  'loading',
  'not-driving',
  'in-menus',
  'in-garage',
  'replay',
  'session-over',
  'ended',
  'connection-lost',
]);

export function isDriving(status: string | null): boolean {
  return status !== null && !notDriving.has(status);
}
