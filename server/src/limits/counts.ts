/**
 * Counts within a window of time. Two implementations pass one suite: memory for one server, Redis for several. Windows are fixed: twice the limit can
 * pass across the border of two, which these limits allow for.
 */
export interface Counts {
  /** Counts one more and gives the new count of `key` in the running window. */
  add(key: string, windowMs: number): Promise<{ count: number; endsInMs: number }>;
  close(): Promise<void>;
}

export function windowOf(nowMs: number, windowMs: number): { index: number; endsInMs: number } {
  const index = Math.floor(nowMs / windowMs);
  return { index, endsInMs: (index + 1) * windowMs - nowMs };
}
