/** The engine that runs in this data directory, asked over its API: how well it reads, and how late its pages are. In plain words, with what to change. */
import { type EngineHealth, engineHealth } from '@racing-coach/contract';
import type { DataDir } from '../data/data-dir.ts';
import { announcedPort } from '../data/engine-lock.ts';
import { readToken } from '../data/token.ts';
import { bad, type Finding, good, so } from './finding.ts';
import { latencyAt, latencyBars } from './latency-bars.ts';

/** It is on this machine: an engine that takes longer is none. */
const patienceMs = 2000;
/** Of a million rows as many may come this late before it is worth a word. */
const lateShare = 0.01;
/** One tick a minute: less than that nobody feels, and a sim that loads a session skips some. */
const missedShare = 1 / 3600;
/** Every sim that is read sends 60 rows a second; a clock's error and a second that is cut are no fault. */
const fullRateHz = 60;
const rateShare = 0.97;

/** What the running engine answers, or null when none runs. */
export async function askEngine<Document>(
  dataDir: DataDir,
  path: string,
  schema: { parse(value: unknown): Document },
  method: 'GET' | 'POST' = 'GET',
  withinMs = patienceMs,
): Promise<Document | null> {
  const port = announcedPort(dataDir);
  const token = readToken(dataDir);
  if (port === null || token === null) return null;
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(withinMs),
    });
    return schema.parse(await answer.json());
  } catch {
    return null;
  }
}

export const askHealth = (dataDir: DataDir): Promise<EngineHealth | null> =>
  askEngine(dataDir, '/api/health', engineHealth);

export function engineFindings(health: EngineHealth | null): Finding[] {
  if (health === null) return [so('engine', 'None runs here. Start one: racing-coach start')];
  return [
    good('engine', `racing-coach ${health.command} (process ${health.pid}) reads ${health.source}.`),
    sourceFinding(health),
    tickFinding(health),
    lateFinding(health),
    workFinding(health),
    latencyFinding('to snapshot', health.latency.snapshot, 'Other programs use the processor: close some.'),
    latencyFinding('to hub', health.latency.hub, 'The engine is busy: close pages that nobody looks at.'),
    frameFinding(health),
    ...obsFindings(health),
  ];
}

/** A line for OBS only where it is wanted. What is missing in OBS costs no coaching: nothing of it is bad. */
function obsFindings({ obs }: EngineHealth): Finding[] {
  if (obs.state === 'off') return [];
  const finding = obs.state === 'connected' && obs.warnings.length === 0 ? good : so;
  return [{ ...finding('obs', obs.text), lines: obs.warnings }];
}

function sourceFinding({ trouble, runner }: EngineHealth): Finding {
  if (trouble !== null) return bad('source', trouble);
  const rate = `${runner.rateHz.toFixed(1)} rows a second`;
  switch (runner.presence) {
    case 'sending':
      if (runner.rateHz >= fullRateHz * rateShare) return good('source', `${rate}, ${runner.ticks} in all.`);
      return so(
        'source',
        `${rate} of ${fullRateHz}: the sim sends fewer than it should. Lower its graphics settings, or limit its frame rate to leave the processor room.`,
      );
    case 'loading':
      return so('source', 'The sim is there and loads its session.');
    case 'paused':
      return so('source', 'The sim is there and paused.');
    case 'lost':
      return so('source', 'The sim stopped sending. Start it again; coaching goes on by itself.');
    case 'absent':
      return so('source', 'No sim yet. Start it and get in the car.');
  }
}

function tickFinding({ runner: { source } }: EngineHealth): Finding {
  const { seen, missed, torn, ignored, connections } = source;
  const text = `${missed} of ${seen + missed} ticks missed, ${torn} torn copies thrown away, ${ignored} packets ignored, ${connections} connections.`;
  if (missed <= (seen + missed) * missedShare) return good('ticks', text);
  return so(
    'ticks',
    `${text} Missed ticks come from a processor that is fully used: limit the sim's frame rate.`,
  );
}

function lateFinding({ runner }: EngineHealth): Finding {
  const { late, seen } = runner.source;
  const text = `${late} rows late; lateness median ${runner.latenessP50Ms.toFixed(2)} ms, p99 ${runner.latenessP99Ms.toFixed(2)} ms, longest ${runner.latenessMaxMs.toFixed(1)} ms.`;
  if (late <= seen * lateShare) return good('late rows', text);
  return so(
    'late rows',
    `${text} Close other programs, or limit the sim's frame rate a little below what it reaches.`,
  );
}

function workFinding({ runner }: EngineHealth): Finding {
  const text = `Reading, decoding and coaching a row: median ${runner.workP50Us.toFixed(0)} µs, p99 ${runner.workP99Us.toFixed(0)} µs.`;
  return good('work', text);
}

/** A tick is 16.7 ms: what stays below it is not seen. */
function latencyFinding(name: string, counts: readonly number[], todo: string): Finding {
  const p99 = latencyAt(counts, 0.99);
  if (p99 === null) return so(name, 'Nothing was read yet.');
  const slow = !/^(0\.|1 |2 |5 |10 )/.test(p99);
  const found = slow ? so(name, `99 % within ${p99}. ${todo}`) : good(name, `99 % within ${p99}.`);
  return { ...found, lines: latencyBars(counts) };
}

function frameFinding({ pages, latency }: EngineHealth): Finding {
  const p99 = latencyAt(latency.frame, 0.99);
  if (pages === 0 && p99 === null) return so('to frame', 'No page is open: open the HUD.');
  if (p99 === null) return so('to frame', 'The open pages have drawn nothing yet.');
  const slow = /^(50|100|more)/.test(p99);
  const text = `99 % of the frames that pages reported within ${p99}.`;
  const todo =
    'Switch on hardware acceleration, or limit the frame rate of the sim to leave the graphics card room.';
  const found = slow ? so('to frame', `${text} ${todo}`) : good('to frame', text);
  return { ...found, lines: latencyBars(latency.frame) };
}
