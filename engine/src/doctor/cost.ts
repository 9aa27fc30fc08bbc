/** `doctor --cost`: has the running engine measure what overlays cost, shows how far it is, and says what was found in words. */
import { CodedError, type CostState, costState, type ErrorCode } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { Progress } from '../cli/progress.ts';
import { changeText } from '../cost/cost-words.ts';
import { announcedPort } from '../data/engine-lock.ts';
import { readToken } from '../data/token.ts';

/** The engine shows the overlays again when nobody asks for a few seconds. */
const askEveryMs = 500;
const patienceMs = 5000;

export interface CostRequest {
  blockS: number;
  pairs: number;
}

type Ask = (method: 'GET' | 'POST', path: string) => Promise<CostState>;

/** A coded error when no engine runs, or when it refuses. */
export function askCost({ dataDir }: Context): Ask {
  const port = announcedPort(dataDir);
  const token = readToken(dataDir);
  if (port === null || token === null) throw new CodedError('engine-not-running');
  return async (method, path) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/cost${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
    }).catch((cause: unknown) => {
      throw new CodedError('engine-not-running', {}, { cause });
    });
    const document = (await answer.json()) as { error?: { code: ErrorCode; message: string } };
    if (document.error !== undefined)
      throw CodedError.from(Object.assign(new Error(document.error.message), { code: document.error.code }));
    return costState.parse(document);
  };
}

/** To the end, or until the user stops it: then with what is known so far. */
export async function measureCost({ blockS, pairs }: CostRequest, context: Context): Promise<CostState> {
  const ask = askCost(context);
  const { stopped, terminal } = context;
  const progress = new Progress(terminal, 'Measuring');
  let state = await ask('POST', `/start/${blockS}/${pairs}`);
  try {
    terminal.tell(
      `Drive on as usual. For ${2 * pairs} blocks of ${blockS} s the overlays come and go; Ctrl-C ends it with what is known by then.`,
    );
    while (state.running && !stopped.aborted) {
      progress.show(partOf(state), stepText(state));
      await pause(askEveryMs, stopped);
      if (!stopped.aborted) state = await ask('POST', '/renew');
    }
  } finally {
    progress.done();
    // Also when asking failed: nothing is to stay blank for longer than it must.
    if (state.running) state = await ask('POST', '/stop').catch(() => state);
  }
  return state;
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stopped.addEventListener('abort', done);
  });
}

const partOf = ({ block, blocks, blockS, second }: CostState): number =>
  blocks === 0 ? 0 : (block - 1 + second / blockS) / blocks;

function stepText({ block, blocks, blank, waitingS, result }: CostState): string {
  const now = `block ${block} of ${blocks}, overlays ${blank ? 'off' : 'on'}`;
  const waiting = waitingS > 1 ? ', waiting for you on the track under green' : '';
  const found = result?.frameRateHz ?? null;
  return `${now}${waiting}${found === null ? '' : `; so far ${changeText(found, 'fps', 1, 1)}`}`;
}
