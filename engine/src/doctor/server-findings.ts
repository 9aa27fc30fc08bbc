/** The server and what waits for it: as the running engine says, or as the data directory shows. Nothing of it keeps the coach from coaching: nothing is bad. */
import { existsSync } from 'node:fs';
import { type EngineHealth, type SyncState, syncOff } from '@racing-coach/contract';
import Database from 'better-sqlite3';
import type { DataDir } from '../data/data-dir.ts';
import { readServerLogin } from '../data/server-login.ts';
import { type Finding, good, so } from './finding.ts';

/** More reasons than anybody reads. */
const mostRefused = 10;

export function serverFindings(engine: EngineHealth | null, dataDir: DataDir): Finding[] {
  const running = engine !== null && engine.command === 'start' ? engine.sync : null;
  return running === null ? [offlineFinding(dataDir)] : [syncFinding(running)];
}

function syncFinding(sync: SyncState): Finding {
  if (sync.state === 'off') return so('server', syncOff.text);
  const { state, text, server, user, refusedLaps, lastSuccess, nextAttempt } = sync;
  const lines = [
    `${server} as ${user}.`,
    lastSuccess === null
      ? 'Nothing has arrived there yet.'
      : `Something arrived there last at ${lastSuccess}.`,
    ...(nextAttempt === null ? [] : [`The next attempt is at ${nextAttempt}.`]),
    ...refusedLaps
      .slice(0, mostRefused)
      .map(
        (lap) => `Refused: ${lap.date.slice(0, 10)} ${lap.track}, lap ${lap.lap}: ${lap.text} (${lap.code})`,
      ),
  ];
  const isWell = state === 'idle' || state === 'sending' || state === 'paused';
  return { ...(isWell && sync.refused === 0 ? good : so)('server', text), lines };
}

/** Without an engine nothing is sent: what waits is counted. */
function offlineFinding(dataDir: DataDir): Finding {
  const login = readServerLogin(dataDir);
  if (login === null) return so('server', syncOff.text);
  if (login.token === null)
    return so('server', `${login.url} wants a login again: racing-coach login ${login.url}`);
  const { waiting, refused } = countOutbox(dataDir.file('laps.db'));
  const text = `${login.url} as ${login.userName}: laps waiting ${waiting}, refused ${refused} (racing-coach sync --dry-run lists them).`;
  return (waiting + refused === 0 ? good : so)('server', text);
}

function countOutbox(path: string): { waiting: number; refused: number } {
  if (!existsSync(path)) return { waiting: 0, refused: 0 };
  const database = new Database(path, { readonly: true });
  try {
    const sql = "SELECT count(*) AS laps, coalesce(sum(state = 'refused'), 0) AS refused FROM outbox";
    const { laps, refused } = database.prepare(sql).get() as { laps: number; refused: number };
    return { waiting: laps - refused, refused };
  } catch {
    // A store of an older version: the next start brings it up.
    return { waiting: 0, refused: 0 };
  } finally {
    database.close();
  }
}
