/** Where am I on the lap, and where does this lap gain or lose? The track's line, the car on it, each corner's cost as colour and width. */
import { BoardWatch } from '../../board-watch.ts';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import { places } from '../../places.ts';
import { type FittedTrack, fitTrack, pieces, pointAt, type Rectangle } from './geometry.ts';
import { type Label, placeLabels } from './labels.ts';
import { sectionLetters, sectionWidths } from './sections.ts';

export interface TrackMapModel {
  opacity: number;
  /** False: there is no map of this track yet. */
  live: boolean;
  /** Counts the lines that were laid, and what stands beside them: the arrays are shared with the view. */
  revision: number;
  /** Each corner's cost in this lap, a letter a corner; see `sections.ts`. */
  sections: string;
  /** The car's place in half layout pixels; -1: it is not known. */
  carX: number;
  carY: number;
  /** Said where the line was reckoned, or where there is none. */
  words: string;
}

export const blankTrackMap = (): TrackMapModel => ({
  opacity: 0,
  live: false,
  revision: 0,
  sections: '',
  carX: -1,
  carY: -1,
  words: '',
});

/** Steps of the car's place for a layout pixel: it moves some twenty times a second on a fast straight, and looks smooth. */
export const carSteps = 2;
const { width, height } = places.trackMap;
export const labelSize = { fontSize: 14, height: 15 } as const;
/** Free at each edge: for names beside the track, for numbers, for the car and the widest line alone. */
const margins = { names: 44, numbers: 28, none: 14 } as const;
/** Barlow Condensed's mean advance for a character, in ems, a little rounded up; measured on corner names. */
const characterEms = 0.46;
const edge = 6;

export class TrackMapPresenter implements Presenter<TrackMapModel> {
  track: FittedTrack | null = null;
  labels: readonly Label[] = [];
  /** The line's width where time was lost and where it was gained, at each of the track's points. */
  readonly loss = new Float32Array(pieces + 1);
  readonly gain = new Float32Array(pieces + 1);
  readonly #fade = new Fade();
  readonly #map = new BoardWatch('map');
  readonly #corners = new BoardWatch('corners');
  #lapLengthM = Number.NaN;
  #revision = 0;

  update(frame: HudFrame, into: TrackMapModel): void {
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    const { lapLengthM } = frame.snapshot;
    const laid = this.#map.changed(frame) || !Object.is(lapLengthM, this.#lapLengthM);
    this.#lapLengthM = lapLengthM;
    if (laid) this.#lay(frame, into);
    if (this.#corners.changed(frame) || laid) this.#colour(frame, into);
    this.#placeCar(frame, into);
  }

  #lay({ board, setup, reference, snapshot }: HudFrame, into: TrackMapModel): void {
    const map = board.map?.map ?? null;
    const { rotationDeg, corners } = setup.options.trackMap;
    const margin = margins[corners];
    const box: Rectangle = { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin };
    this.track = map && fitTrack(map, snapshot.lapLengthM, box, rotationDeg);
    this.labels =
      this.track === null || reference === null || corners === 'none'
        ? []
        : placeLabels(this.track, reference.corners, {
            box: { x: edge, y: edge, width: width - 2 * edge, height: height - 2 * edge },
            height: labelSize.height,
            widthOf: (text) => Math.ceil(text.length * characterEms * labelSize.fontSize) + 2,
            corners,
            locale: setup.locale,
          });
    this.#revision += 1;
    into.revision = this.#revision;
    into.live = this.track !== null;
    into.words = wordsOf(this.track && map?.origin, setup.locale);
  }

  #colour({ board, setup, reference }: HudFrame, into: TrackMapModel): void {
    const wanted = this.track !== null && setup.options.trackMap.deltaColours;
    into.sections = wanted ? sectionLetters(board.corners, reference) : '';
    if (this.track !== null) sectionWidths(into.sections, reference, this.track, this.loss, this.gain);
  }

  #placeCar({ lapDistanceM }: HudFrame, into: TrackMapModel): void {
    const known = this.track !== null && Number.isFinite(lapDistanceM);
    const at = known && this.track !== null ? pointAt(this.track, lapDistanceM) : null;
    into.carX = at === null ? -1 : Math.round(at.x * carSteps);
    into.carY = at === null ? -1 : Math.round(at.y * carSteps);
  }
}

function wordsOf(origin: string | null | undefined, locale: HudFrame['setup']['locale']): string {
  if (origin === 'dead-reckoning') return locale.text('reckoned');
  return origin === 'positions' ? '' : locale.text('mapNone');
}
