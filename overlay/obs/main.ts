/** The page for OBS: hub in, held back by the stream's delay, pictures out for viewers. */
import '../link/strict-page.ts';
import 'pixi.js/unsafe-eval';
import type { HubMessage } from '@racing-coach/contract';
import { SoundPage } from '../audio/sound-page.ts';
import { HudState } from '../hud/hud-state.ts';
import type { StageSize } from '../hud/layout.ts';
import { SetupWatch } from '../hud/setup-watch.ts';
import { SizeWatch } from '../hud/size-watch.ts';
import { loadFonts, type Stage } from '../hud/stage.ts';
import { DelayLine } from '../link/delay-line.ts';
import { HubLink, type LinkState, type Socket } from '../link/hub-link.ts';
import { obsTables } from './layouts.ts';
import { type ObsAddress, readObsAddress } from './obs-address.ts';
import { createObsStage, namesOf, stageSize } from './obs-stage.ts';
import { Told } from './told.ts';
import { Visibility } from './visibility.ts';

const page = new URL(location.href);
const address = readObsAddress(page);
const table = obsTables[address.layout];
const counts = { frames: 0, rendered: 0 };
const told = new Told();
/** Grows with each change of what there is to show. */
let shown = 0;

function sourceSize(): StageSize {
  const { innerWidth: width, innerHeight: height, devicePixelRatio } = window;
  return stageSize(table, { width, height }, devicePixelRatio, told);
}

function connect({ hub, delayMs }: ObsAddress, state: HudState): DelayLine<HubMessage, LinkState> {
  const line = new DelayLine<HubMessage, LinkState>(delayMs, {
    link: (link) => {
      state.setLink(link);
      document.body.dataset['link'] = link;
      if (link !== 'open') told.forget();
    },
    message: (message, dueMs) => {
      state.take(message, dueMs);
      if (told.take(message)) shown += 1;
    },
    snapshot: (bytes, dueMs) => state.takeSnapshot(bytes, dueMs),
  });
  new HubLink({
    pageName: `obs-${address.layout}`,
    open: () => new WebSocket(hub) as unknown as Socket,
    later: (ms, run) => setTimeout(run, ms),
    onLink: (link) => line.link(link, performance.now()),
    onMessage: (message) => line.message(message, performance.now()),
    onSnapshot: (bytes) => line.snapshot(bytes, performance.now()),
  });
  return line;
}

function run(stage: Stage, size: StageSize, state: HudState, line: DelayLine<HubMessage, LinkState>): void {
  const sizes = new SizeWatch(size);
  let current = size;
  let arranged = shown;
  let waiting = 0;
  const change = () => stage.change(state.setup, namesOf(current));
  const setups = new SetupWatch(state.setup, change);
  const frame = () => {
    waiting = requestAnimationFrame(frame);
    const nowMs = performance.now();
    line.play(nowMs);
    setups.look(state.setup);
    const resized = sizes.settled(sourceSize(), nowMs);
    if (resized || arranged !== shown) {
      arranged = shown;
      current = resized ?? sourceSize();
      stage.resize(current);
      // Another arrangement has other widgets, and they touch others.
      void change();
    }
    stage.update(state.frameAt(nowMs));
    counts.frames += 1;
    counts.rendered += stage.render();
  };
  const visibility = new Visibility({ document, window }, (visible) => {
    cancelAnimationFrame(waiting);
    if (visible) waiting = requestAnimationFrame(frame);
  });
  if (visibility.visible) waiting = requestAnimationFrame(frame);
}

/** For viewers, beside the driver's own sound; OBS captures it where the source says “Control audio via OBS”. */
function sound({ hub, delayMs }: ObsAddress): void {
  new SoundPage({
    page,
    pageName: 'obs-sound',
    hub,
    delayMs,
    forViewers: true,
    onCaption: () => {},
    onState: () => {},
  });
}

async function start(): Promise<void> {
  const state = new HudState();
  const line = connect(address, state);
  if (address.audio) sound(address);
  await loadFonts();
  const size = sourceSize();
  const stage = await createObsStage(document.body, size, state.setup);
  Object.assign(window, {
    __racingCoachObs: {
      counts: () => ({ ...counts }),
      held: () => line.length,
      alive: () => stage.alive,
      snapshot: () => ({ ...state.snapshot }),
    },
  });
  run(stage, size, state, line);
}

start().catch((error: unknown) => {
  // Without WebGL nothing can be drawn; the streamer must read why, and in OBS there is no console.
  const message = document.createElement('p');
  message.className = 'failure';
  message.textContent = `Racing Coach cannot draw here: ${error instanceof Error ? error.message : String(error)}`;
  document.body.append(message);
});
