/** Everything that the widgets may know about one moment. Made once and filled again for every frame. */
import {
  type CueEvent,
  emptySnapshot,
  type HubCorner,
  type HubReference,
  type Snapshot,
  type StatusCode,
} from '@racing-coach/contract';
import type { LinkState } from '../link/hub-link.ts';
import { type Board, emptyBoard } from './board.ts';
import { defaultSetup, type HudSetup } from './setup.ts';
import { TraceHistory } from './trace-history.ts';

/** What a corner cost, as long as it is to be shown. */
export interface ShownVerdict {
  /** Seconds against the reference; positive is slower. */
  deltaS: number;
  /** As much of it as is known: the reference may not have it. */
  corner: Pick<HubCorner, 'id' | 'name'>;
}

/** The newest words of the coach. */
export interface HeardCue {
  cue: CueEvent;
  /** The page's clock. */
  arrivedMs: number;
}

/** What the self-test says; unknown numbers are NaN. */
export interface Health {
  /** Of the engine; empty before its hello. */
  version: string;
  /** Snapshots that arrived in the last second or so. */
  rateHz: number;
  /** Age of the newest sample when it was drawn, the mean of some. */
  latencyMs: number;
}

export interface HudFrame {
  /** The page's clock. */
  nowMs: number;
  link: LinkState;
  /** The newest snapshot; its fields are stale unless `fresh`. */
  snapshot: Snapshot;
  /** The pedals of the last seconds: every snapshot that arrived, also those between two frames. */
  readonly history: TraceHistory;
  /** The link is open and the newest snapshot is young enough to draw from. */
  fresh: boolean;
  status: StatusCode;
  /** The coach has something to work on; else every widget but the status leaves. */
  coaching: boolean;
  /** `coaching`, and somebody drives: what every widget but the status is shown for. */
  awake: boolean;
  /** Fresh, and somebody drives, whatever the coach has to say: what widgets that are not the coach's are shown for. */
  driven: boolean;
  /** Extrapolated to now; NaN when unknown. */
  lapDistanceM: number;
  /** Metres to the next brake point, extrapolated; negative behind it, NaN when none is within reach. */
  brakeInM: number;
  /** Seconds to it, extrapolated. */
  brakeInS: number;
  reference: HubReference | null;
  verdict: ShownVerdict | null;
  cue: HeardCue | null;
  /** What changes a few times a second at most: fuel, tyres, laps and so on. */
  readonly board: Board;
  readonly health: Health;
  /** Look, options, words and units. */
  setup: HudSetup;
  /** Less motion is wanted, by the settings or by the system. */
  reducedMotion: boolean;
  /** The page that sounds was muted. */
  muted: boolean;
}

export function emptyFrame(): HudFrame {
  return {
    nowMs: 0,
    link: 'closed',
    snapshot: emptySnapshot(),
    history: new TraceHistory(),
    fresh: false,
    status: 'no-source',
    coaching: false,
    awake: false,
    driven: false,
    lapDistanceM: Number.NaN,
    brakeInM: Number.NaN,
    brakeInS: Number.NaN,
    reference: null,
    verdict: null,
    cue: null,
    board: emptyBoard(),
    health: { version: '', rateHz: Number.NaN, latencyMs: Number.NaN },
    setup: defaultSetup,
    reducedMotion: false,
    muted: false,
  };
}
