/**
 * The track's line in layout pixels: turned and scaled as a whole into a box. The map's points lie `stepM` apart from the line on; the last piece, back
 * to the line, is as long as the lap leaves it.
 */
import type { MapMessage } from '@racing-coach/contract';

export type TrackMap = NonNullable<MapMessage['map']>;

export interface Point {
  x: number;
  y: number;
}

export interface Rectangle extends Point {
  width: number;
  height: number;
}

/** Pieces of the drawn line: about two pixels each in a box of this size. */
export const pieces = 400;

/** A map's line, evenly spaced along the lap: point 0 lies on the line and so does point `pieces`. */
export interface FittedTrack {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly lapLengthM: number;
}

/**
 * Null for a map of fewer than three points, or with all of them on one spot: that is no track.
 * @param lapLengthM where it is unknown or shorter than the map, the map's own length counts @param rotationDeg clockwise from north up
 */
export function fitTrack(
  map: TrackMap,
  lapLengthM: number,
  box: Rectangle,
  rotationDeg = 0,
): FittedTrack | null {
  const count = Math.min(map.eastM.length, map.northM.length);
  const { across, down } = turned(map, count, rotationDeg);
  const [wide, high] = [extentOf(across), extentOf(down)];
  const pixelsPerM = Math.min(box.width / wide.span, box.height / high.span);
  if (count < 3 || !(map.stepM > 0) || !Number.isFinite(pixelsPerM)) return null;
  const lengthM = lapLengthM > (count - 1) * map.stepM ? lapLengthM : count * map.stepM;
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const xs = new Float32Array(pieces + 1);
  const ys = new Float32Array(pieces + 1);
  for (let index = 0; index <= pieces; index += 1) {
    const place = mapPlace(map.stepM, count, lengthM, (index / pieces) * lengthM);
    xs[index] = middleX + (between(across, place) - wide.middle) * pixelsPerM;
    ys[index] = middleY + (between(down, place) - high.middle) * pixelsPerM;
  }
  return { xs, ys, lapLengthM: lengthM };
}

/** Where on the drawn line a lap distance lies: 0 to `pieces`, wrapped. */
export function pieceAt({ lapLengthM }: FittedTrack, lapDistanceM: number): number {
  const lap = lapDistanceM / lapLengthM;
  return (lap - Math.floor(lap)) * pieces;
}

export function pointAt(track: FittedTrack, lapDistanceM: number): Point {
  const piece = pieceAt(track, lapDistanceM);
  const at = Math.min(pieces - 1, Math.floor(piece));
  const part = piece - at;
  const mix = (values: Float32Array) =>
    (values[at] ?? 0) + ((values[at + 1] ?? 0) - (values[at] ?? 0)) * part;
  return { x: mix(track.xs), y: mix(track.ys) };
}

/** To the right of the direction of travel, one pixel long; zero where the line stands still. */
export function rightOf(track: FittedTrack, piece: number): Point {
  const here = Math.round(piece);
  const at = (index: number) => ((index % pieces) + pieces) % pieces;
  const [before, after] = [at(here - 2), at(here + 2)];
  const dx = (track.xs[after] ?? 0) - (track.xs[before] ?? 0);
  const dy = (track.ys[after] ?? 0) - (track.ys[before] ?? 0);
  const length = Math.hypot(dx, dy) || 1;
  return { x: -dy / length, y: dx / length };
}

/** The map's points as they lie on the screen, in metres to the right and down. */
function turned({ eastM, northM }: TrackMap, count: number, rotationDeg: number) {
  const angle = (rotationDeg / 180) * Math.PI;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const across = new Float64Array(count);
  const down = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const [east, north] = [eastM[index] ?? 0, northM[index] ?? 0];
    across[index] = east * cos + north * sin;
    down[index] = east * sin - north * cos;
  }
  return { across, down };
}

function extentOf(values: Float64Array): { middle: number; span: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { middle: (least + most) / 2, span: most - least };
}

/** Index with its fraction into the map's points, 0 to `count`: the last one is the first again. */
function mapPlace(stepM: number, count: number, lengthM: number, distanceM: number): number {
  const lastM = (count - 1) * stepM;
  if (distanceM <= lastM) return distanceM / stepM;
  return count - 1 + Math.min(1, (distanceM - lastM) / (lengthM - lastM));
}

/** The points are closed: the last is followed by the first. */
function between(values: Float64Array, place: number): number {
  const index = Math.floor(place);
  const here = values[index % values.length] ?? 0;
  const next = values[(index + 1) % values.length] ?? 0;
  return here + (next - here) * (place - index);
}
