/** When a session was, for people. */
import type { SessionEntry } from '@racing-coach/contract';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Of a recording, the day as the sim wrote it; of what was driven here, day and time. */
export function whenText({
  source,
  date,
  storedAt,
}: Pick<SessionEntry, 'source' | 'date' | 'storedAt'>): string {
  const stored = new Date(storedAt);
  if (source === 'live') return `${day.format(stored)}, ${minute.format(stored)}`;
  const driven = /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0];
  const at = driven === undefined ? Number.NaN : Date.parse(`${driven}T12:00:00`);
  return Number.isNaN(at) ? `taken in ${day.format(stored)}` : day.format(at);
}
