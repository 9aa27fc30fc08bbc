/**
 * Which of a lap's reasons tell a driver why it does not count. A lap gathers several: one that left the track also got no time, one that ended
 * in the pits also drove through the pit lane. The cause is told, what follows from it is not.
 */
import { type ReasonCode, reasons } from '@racing-coach/contract';

/** The most telling first. */
const order: readonly ReasonCode[] = [
  'tow',
  'reset',
  'jump',
  'replay',
  'not-driving',
  'out-lap',
  'in-lap',
  'starts-mid-lap',
  'ends-mid-lap',
  'off-track',
  'wrong-way',
  'contact',
  'incident',
  'slow-down-penalty',
  'penalty',
  'damage',
  'stopped',
  'caution',
  'pace-lap',
  'cool-down',
  'grid-start',
  'pit-lane',
  'gap',
  'official-time-differs',
  'invalid-by-sim',
];

/** What a reason follows from: when one of these is told, it is not. */
const consequences: Partial<Record<ReasonCode, readonly ReasonCode[]>> = {
  'pit-lane': ['in-lap', 'out-lap', 'tow'],
  stopped: ['in-lap', 'tow', 'reset', 'off-track'],
  gap: ['jump', 'tow', 'reset', 'starts-mid-lap', 'ends-mid-lap'],
  incident: ['off-track', 'contact'],
  'official-time-differs': order.slice(0, order.indexOf('off-track')),
  'invalid-by-sim': order.slice(0, -1),
};

const spoiling = new Set(reasons.filter(({ spoils }) => spoils.length > 0).map(({ code }) => code));

/** @param codes of the table of reasons; others, from a newer engine, are left out */
export function tellingReasons(codes: readonly string[]): ReasonCode[] {
  const given = order.filter((code) => spoiling.has(code) && codes.includes(code));
  return given.filter((code) => !consequences[code]?.some((cause) => given.includes(cause)));
}
