/** `sync`: sends what waits now, by the engine that runs, or by itself where none does. */
import { setTimeout as wait } from 'node:timers/promises';
import { CodedError, type RefusedLap, type SyncState } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { lapTimeText, table } from '../cli/format.ts';
import { readWords } from '../cli/readers.ts';
import { readServerLogin } from '../data/server-login.ts';
import { withLibrary } from '../library/stored-reference.ts';
import type { OutboxLap } from '../store/outbox.ts';
import { askSync, nudgeEngine, retryInEngine } from '../sync/engine-sync.ts';
import { syncOnce } from '../sync/sync-once.ts';

/** A running engine is asked this often how far it is. */
const askMs = 500;
/** More is only counted. */
const mostListed = 200;

export const syncCommand: Command = {
  name: 'sync',
  summary: 'send to the server what waits, now',
  usage: ['[--again] [--json]', '--dry-run [--json]'],
  text: [
    'Laps are sent by themselves while start runs and you do not drive. This sends what waits now, with the engine that runs or without one, and says what was refused and why.',
    '--dry-run sends nothing and lists what waits and what was refused. --again tries refused laps once more, after an update of the server for example.',
    'The exit status is 1 when something still waits.',
  ],
  options: [
    { name: 'dry-run', text: 'List what would be sent.' },
    { name: 'again', text: 'Try laps once more that the server refused.' },
  ],
  examples: ['racing-coach sync', 'racing-coach sync --dry-run'],
  json: 'Print how it stands: { "sync" }; with --dry-run { "waiting", "refused" }, lists of laps.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    const again = typed.switches.has('again');
    if (typed.switches.has('dry-run')) return list;
    return (context) => sync(again, context);
  },
};

async function sync(again: boolean, context: Context): Promise<0 | 1> {
  const { dataDir, terminal, stopped } = context;
  if (readServerLogin(dataDir)?.token == null) throw new CodedError('not-signed-in');
  const begun = again ? await retryInEngine(dataDir) : await nudgeEngine(dataDir);
  const progress = ({ waiting }: SyncState) => terminal.live(`Sending: ${waiting} to go.`);
  const state =
    begun === null ? await syncOnce({ again, progress }, context) : await follow(begun, stopped, context);
  tell(state, context);
  return state.state === 'idle' && state.waiting === 0 ? 0 : 1;
}

/** The engine goes on by itself when nobody waits for it any more. */
async function follow(
  begun: SyncState,
  stopped: AbortSignal,
  { dataDir, terminal }: Context,
): Promise<SyncState> {
  let state = begun;
  while (state.state === 'sending' && !stopped.aborted) {
    terminal.live(`Sending: ${state.waiting} to go.`);
    await wait(askMs, undefined, { signal: stopped }).catch(() => undefined);
    const now = await askSync(dataDir);
    if (now === null) throw new CodedError('engine-not-running');
    state = now;
  }
  return state;
}

function tell(state: SyncState, { terminal, json }: Context): void {
  const lines = json ? [JSON.stringify({ sync: state })] : [state.text, ...refusedLines(state.refusedLaps)];
  for (const line of lines) terminal.print(line);
}

function refusedLines(laps: readonly RefusedLap[]): string[] {
  const rows = laps.map(({ track, car, date, lap, code, text }) => [
    date.slice(0, 10),
    track,
    car,
    String(lap),
    code,
    text,
  ]);
  return laps.length === 0 ? [] : table(['date', 'track', 'car', '>lap', 'code', 'why'], rows);
}

async function list(context: Context): Promise<0> {
  const { terminal, json } = context;
  const [waiting, refused, counts] = await withLibrary(context, async ({ store }) => [
    await store.outboxLaps('waiting', mostListed),
    await store.outboxLaps('refused', mostListed),
    await store.outboxCounts(),
  ]);
  if (json) terminal.print(JSON.stringify({ waiting, refused, counts }));
  else {
    const server = readServerLogin(context.dataDir)?.url ?? 'no server';
    terminal.print(`Laps waiting for ${server}: ${counts.waiting}; refused: ${counts.refused}.`);
    const rows = [...waiting, ...refused].map(row);
    if (rows.length > 0)
      for (const line of table(['date', 'track', 'car', '>lap', '>time', 'state'], rows))
        terminal.print(line);
  }
  return 0;
}

function row(lap: OutboxLap): string[] {
  const track = [lap.trackName, lap.trackConfig].filter(Boolean).join(' ');
  const state =
    lap.state === 'waiting' ? (lap.refusal?.text ?? 'waits') : `refused: ${lap.refusal?.text ?? ''}`;
  const time = lap.lapTimeS === null ? '' : lapTimeText(lap.lapTimeS);
  return [lap.sessionStoredAt.slice(0, 10), track, lap.carName, String(lap.lap), time, state];
}
