/** How long to wait after a failure: full jitter, so that many engines do not come back at once, and what the server asks for. */

const firstMs = 1000;
/** Nobody waits longer than this by himself. */
export const longestBackOffMs = 600_000;
/** A server that asks for more is asked again after this all the same. */
export const longestRetryAfterMs = 3_600_000;
/** Two attempts are never closer. */
const leastMs = 250;

/** @param failures how many there were in a row, this one included @param random 0 to 1 */
export function backOffMs(failures: number, random: number): number {
  const mostMs = Math.min(longestBackOffMs, firstMs * 2 ** Math.min(failures, 20));
  return Math.max(leastMs, random * mostMs);
}

/** `Retry-After`: seconds, or a date. Null when it is neither. */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const ms = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? null : Math.min(longestRetryAfterMs, Math.max(0, ms));
}
