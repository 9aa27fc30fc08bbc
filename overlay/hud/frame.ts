/** Everything that the widgets may know about one moment. Made once and filled again for every frame. */
import { emptySnapshot, type HubReference, type Snapshot, type StatusCode } from '@racing-coach/contract';
import type { LinkState } from '../link/hub-link.ts';
import { TraceHistory } from './trace-history.ts';

/** What a corner cost, as long as it is to be shown. */
export interface ShownVerdict {
  /** Seconds against the reference; positive is slower. */
  deltaS: number;
  cornerName: string;
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
  /** Extrapolated to now; NaN when unknown. */
  lapDistanceM: number;
  /** Metres to the next brake point, extrapolated; negative behind it, NaN when none is within reach. */
  brakeInM: number;
  /** Seconds to it, extrapolated. */
  brakeInS: number;
  reference: HubReference | null;
  verdict: ShownVerdict | null;
  /** The person asked the system for less motion. */
  reducedMotion: boolean;
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
    lapDistanceM: Number.NaN,
    brakeInM: Number.NaN,
    brakeInS: Number.NaN,
    reference: null,
    verdict: null,
    reducedMotion: false,
  };
}
