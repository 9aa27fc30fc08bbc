/** The HUD page: hub in, pictures out. */
import '../link/strict-page.ts';
import 'pixi.js/unsafe-eval';
import { readHudRegion } from '@racing-coach/contract';
import { HubLink, hubUrl, type Socket } from '../link/hub-link.ts';
import { Blank } from './blank.ts';
import { FramePace } from './cost.ts';
import { FrameLog } from './frame-log.ts';
import { HudState } from './hud-state.ts';
import { LatencyLog } from './latency.ts';
import type { StageSize } from './layout.ts';
import type { WidgetName } from './places.ts';
import { SetupWatch } from './setup-watch.ts';
import { SizeWatch } from './size-watch.ts';
import { loadFonts, Stage } from './stage.ts';

/** A fixed number of snapshots would be met seldom by a page that draws fewer than come. */
const reportEveryMs = 1000;

const drawnFrames = new FrameLog();
const region = readHudRegion(new URLSearchParams(location.search));

function windowSize(): StageSize {
  const { devicePixelRatio } = window;
  if (region !== null) return { ...region.stage, devicePixelRatio, region };
  return { width: window.innerWidth, height: window.innerHeight, devicePixelRatio };
}

/** The shell says what its window shows; any other page shows what the settings name. */
const shownNames = (state: HudState): readonly WidgetName[] =>
  region?.layout.map(({ name }) => name) ?? state.setup.shown;

function connect(state: HudState, blank: Blank): HubLink {
  return new HubLink({
    pageName: 'hud',
    open: () => new WebSocket(region?.hub ?? hubUrl(new URL(location.href))) as unknown as Socket,
    later: (ms, run) => setTimeout(run, ms),
    onLink: (link) => {
      state.setLink(link);
      blank.linked(link);
    },
    onMessage: (message) => {
      state.take(message, performance.now());
      blank.take(message);
    },
    onSnapshot: (bytes) => state.takeSnapshot(bytes, performance.now()),
  });
}

function watchMotion(state: HudState): void {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  state.reducedMotion = query.matches;
  query.addEventListener('change', () => {
    state.reducedMotion = query.matches;
  });
}

function run(
  stage: Stage,
  size: StageSize,
  state: HudState,
  link: HubLink,
  latency: LatencyLog,
  blank: Blank,
): void {
  const sizes = new SizeWatch(size);
  const setups = new SetupWatch(state.setup, (setup) => stage.change(setup, shownNames(state)));
  const pace = new FramePace();
  let reportedAtMs = 0;
  const frame = () => {
    requestAnimationFrame(frame);
    if (blank.on) return;
    const startMs = performance.now();
    setups.look(state.setup);
    const changed = sizes.settled(windowSize(), startMs);
    if (changed) stage.resize(changed);
    const moment = state.frameAt(startMs);
    if (!pace.isDue(startMs, moment.board.cost)) return;
    stage.update(moment);
    if (stage.render() > 0) drawnFrames.note(performance.now() - startMs);
    const drawnAtMs = performance.now();
    const { sequence, readAtMs } = state.snapshot;
    const latencyMs = state.sampleAgeMs(drawnAtMs);
    const isNew = latency.note(sequence, readAtMs, drawnAtMs, latencyMs);
    if (isNew) state.noteDrawn(latencyMs);
    if (isNew && drawnAtMs - reportedAtMs >= reportEveryMs) {
      reportedAtMs = drawnAtMs;
      link.send({ type: 'drawn', sequence, latencyMs });
    }
  };
  requestAnimationFrame(frame);
}

async function start(): Promise<void> {
  const state = new HudState();
  const latency = new LatencyLog();
  watchMotion(state);
  document.body.dataset['backdrop'] = new URLSearchParams(location.search).get('backdrop') ?? '';
  document.body.dataset['background'] = region?.background ?? '';
  const blank = new Blank(document.body);
  const link = connect(state, blank);
  await loadFonts();
  const size = windowSize();
  const stage = await Stage.create(document.body, size, state.setup, shownNames(state));
  Object.assign(window, {
    __racingCoach: {
      drawn: () => latency.list(),
      clear: () => {
        latency.clear();
        drawnFrames.clear();
      },
      lastDrawn: () => latency.last,
      alive: () => stage.alive,
      snapshot: () => ({ ...state.snapshot }),
      frames: () => drawnFrames.list(),
    },
  });
  run(stage, size, state, link, latency, blank);
}

start().catch((error: unknown) => {
  // Without WebGL there is no HUD; a person who opened the page must read why.
  const message = document.createElement('p');
  message.className = 'failure';
  message.textContent = `Racing Coach cannot draw here: ${error instanceof Error ? error.message : String(error)}`;
  document.body.append(message);
});
