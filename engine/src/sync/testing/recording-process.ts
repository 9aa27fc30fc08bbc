/**
 * A process that records laps and sends them, without a sim and without pages: what is killed in tests. Its one argument is a {@link RecordingOrder} as JSON. It says each lap
 * that the store has, and how sync stands, a line each.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type LapStoreClient, lapId, type NewLap } from '../../store/lap-store.ts';
import { someFacts, someSession } from '../../store/testing/some-laps.ts';
import { openLapStore } from '../../store/worker-lap-store.ts';
import { ServerClient } from '../server-client.ts';
import { SyncService } from '../sync-service.ts';
import { type DrivenLaps, readDriven } from './driven-laps.ts';

export interface RecordingOrder {
  /** The lap store's file. */
  path: string;
  url: string;
  token: string;
  sessionId: string;
  laps: number;
  /** Laps that were driven, as `driven-laps.ts` writes them; null for made-up ones, whose files nothing can read. */
  driven: string | null;
  /** Between two laps, in ms. */
  pauseMs: number;
  /** Sync's clock runs so much faster than ours. */
  hurry: number;
}

const order = JSON.parse(process.argv[2] ?? '') as RecordingOrder;
const say = (words: object): void => void process.stdout.write(`${JSON.stringify(words)}\n`);

async function run(): Promise<void> {
  const { store } = await openLapStore({ path: order.path, now: new Date() });
  await store.settleLeftOpen(new Date().toISOString());
  const service = syncOf(store);
  service.start();
  const { session, laps } = order.driven === null ? madeUp() : readDriven(order.driven, order.sessionId);
  if (order.laps > 0) await store.saveSession(session);
  for (const lap of laps.slice(0, order.laps)) {
    await store.openLap(lap);
    await store.settleLap(order.sessionId, lap.facts, new Date().toISOString());
    say({ stored: lapId(order.sessionId, lap.facts) });
    service.nudge();
    await wait(order.pauseMs);
  }
}

function madeUp(): DrivenLaps {
  const laps = Array.from({ length: order.laps }, (_, at) => lapOf(at + 1));
  return { session: someSession(order.sessionId), laps };
}

function lapOf(lap: number): NewLap {
  const { sessionId } = order;
  // Every fourth is one that does not count, and has no file.
  const complete = lap % 4 !== 0;
  const over = complete
    ? {}
    : { complete, valid: false, referenceGrade: false, lapTimeS: null, ownLapTimeS: null };
  const lapFile = complete ? Buffer.alloc(20_000, `${sessionId} ${lap} `) : null;
  return { sessionId, facts: someFacts(lap, over), corners: [], analysisVersion: 3, lapFile };
}

function syncOf(store: LapStoreClient): SyncService {
  const { url, token, hurry } = order;
  return new SyncService({
    store,
    login: () => ({ url, token, deviceId: 'device', userName: 'Ada' }),
    signedOut: () => say({ signedOut: true }),
    connect: (_, stopped) => new ServerClient({ url, token, stopped, now: () => new Date() }),
    maySend: () => true,
    clock: {
      nowMs: () => performance.now() * hurry,
      // Both clocks hurry: their difference would be a machine that slept.
      date: () => new Date(startMs + (Date.now() - startMs) * hurry),
      later: (ms, act) => {
        const timer = setTimeout(act, ms / hurry);
        return () => clearTimeout(timer);
      },
      random: Math.random,
    },
    changed: ({ state, waiting, refused, text }) => say({ state, waiting, refused, text }),
  });
}

const startMs = Date.now();
await run();
// It goes on sending until it is killed, or whoever started it is gone.
process.stdin.resume().on('end', () => process.exit(0));
