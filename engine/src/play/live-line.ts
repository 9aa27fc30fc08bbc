/** The line that a person sees while a recording plays without looking at the HUD: where the car is and what the coach thinks. */
import { emptySnapshot, readSnapshot, type Snapshot, snapshotFlags, statuses } from '@racing-coach/contract';
import { deltaText, lapTimeText, speedText } from '../cli/format.ts';
import type { Terminal } from '../cli/terminal.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';

/** A person reads no faster. */
const redrawMs = 250;

/** `laps`: whether finished laps are told as well; who tells them anyway leaves them out. */
export function showLiveLine(
  bus: EventBus<EngineTopics>,
  terminal: Terminal,
  nowMs: () => number,
  laps: 'with laps' | 'without laps' = 'with laps',
): void {
  if (!terminal.moves) return;
  const snapshot = emptySnapshot();
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  bus.subscribe('snapshot', 'live line', (bytes) => {
    if (nowMs() - drawnAtMs < redrawMs) return;
    drawnAtMs = nowMs();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    terminal.live(liveText(readSnapshot(view, snapshot)));
  });
  if (laps === 'without laps') return;
  bus.subscribe('event', 'live line', ({ event }) => {
    if (event.type === 'lap' && event.settled && event.complete)
      terminal.tell(`Lap ${event.lap}: ${lapTimeText(event.lapTimeS)} ${event.reasons.join(', ')}`.trimEnd());
  });
}

/** For example `Lap 3 1234 m 187 km/h 0:41.2 +0.132 Coaching.`; what is not known is left out. */
export function liveText(snapshot: Snapshot): string {
  const delta = (snapshot.flags & snapshotFlags.deltaValid) !== 0 ? `${deltaText(snapshot.deltaS)} s` : '';
  const known = (value: number, text: string) => (Number.isFinite(value) ? text : '');
  return [
    `Lap ${snapshot.lap}`,
    known(snapshot.lapDistanceM, `${snapshot.lapDistanceM.toFixed(0).padStart(5)} m`),
    known(snapshot.speedMps, speedText(snapshot.speedMps).padStart(8)),
    known(snapshot.currentLapTimeS, lapTimeText(snapshot.currentLapTimeS)),
    delta,
    statuses[snapshot.status]?.text ?? '',
  ]
    .filter((part) => part !== '')
    .join('  ');
}
