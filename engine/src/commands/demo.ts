/** `demo`: the bundled session against the bundled reference, round and round, with the HUD in a browser. It writes nothing to the store. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import { trackFiles } from '../library/track-files.ts';
import { describeRecording } from '../native.ts';
import { showInBrowser } from '../play/open-browser.ts';
import { play } from '../play/playback.ts';
import type { Serving } from '../play/serving.ts';
import { announce, readPort, readSpeed } from './replay.ts';

const bundled = (name: string) => fileURLToPath(new URL(`../../../reference-laps/${name}`, import.meta.url));
const demoSession = bundled('demo-session.ibt');
const demoReference = bundled('demo-reference.parquet');

export const demoCommand: Command = {
  name: 'demo',
  summary: 'a lap on the demo circuit, coached: the place to start',
  usage: ['[--speed 1|N|max] [--port N] [--no-open] [--json]'],
  text: [
    'Plays the bundled session of an imperfect driver on our demo circuit against the bundled reference lap, in real time and again and again, and opens the HUD in a browser where there is a display. Without one the address is printed, and pages are served until Ctrl-C.',
    'Watch the brake marker count down to GO, the delta bar grow and shrink, and the verdict after each corner. The reference counts as the driver’s own, so that GO is given.',
  ],
  options: [
    {
      name: 'speed',
      value: 'SPEED',
      text: '1 is real time, N is N times as fast, max is as fast as it goes.',
    },
    { name: 'port', value: 'N', text: 'Serve pages on port N; 0 is any free one.' },
    { name: 'no-open', text: 'Do not open a browser.' },
  ],
  examples: ['racing-coach demo', 'racing-coach demo --port 0 --no-open --json'],
  json: 'Print the addresses as one line when pages can connect.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    const request = {
      speed: readSpeed(typed, problems),
      port: readPort(typed, problems),
      open: !typed.switches.has('no-open'),
    };
    return (context) => demo(request, context);
  },
};

interface DemoRequest {
  speed: number;
  port: number | undefined;
  open: boolean;
}

async function demo(request: DemoRequest, context: Context): Promise<0 | 1> {
  const native = await context.native();
  for (const file of [demoSession, demoReference, ...trackFiles])
    if (!existsSync(file)) throw new CodedError('file-not-found', { file });
  const session = await describeRecording(native, demoSession);
  const load = { path: demoReference, lap: null, stint: null, own: true, model: null, trackFiles };
  const reference = await native.ReferenceHandle.load(JSON.stringify(load));
  const onReady = (serving: Serving) => {
    announce(serving, context);
    if (!context.json) context.terminal.print('The demo goes round and round. Ctrl-C ends it.');
    if (request.open) void showInBrowser(`${serving.ready.urls.hud ?? ''}&backdrop=bright`, context);
  };
  // From the line on: an out-lap has nothing to show.
  const runner = { path: demoSession, speed: request.speed, fromLap: 1, loop: true };
  const serving = { port: request.port };
  await play(
    {
      command: 'demo',
      file: demoSession,
      runner,
      session,
      reference,
      eventsPath: undefined,
      serving,
      preview: 'coach',
      onReady,
    },
    context,
  );
  return 0;
}
