/**
 * Where corners' names stand on the map: beside their corner, outside of the bend if there is room, clear of the line, of each other and of the box's
 * edge. A name without room is shortened to its number, then left out.
 */
import type { HubCorner } from '@racing-coach/contract';
import type { Locale } from '../../locale.ts';
import { type FittedTrack, pieceAt, pieces, pointAt, type Rectangle, rightOf } from './geometry.ts';

export interface Label extends Rectangle {
  text: string;
}

export interface LabelRoom {
  box: Rectangle;
  /** Height of a line of text, layout pixels. */
  height: number;
  widthOf(text: string): number;
  /** Numbers alone, or names. */
  corners: 'numbers' | 'names';
  locale: Locale;
}

/** From the line's middle to the label, layout pixels: half of the widest line and some air; farther out where the nearest spots are taken. */
const clearPx = [8, 16] as const;
/** Outside of the bend first, then further round. */
const turns = [0, Math.PI / 4, -Math.PI / 4, Math.PI / 2, -Math.PI / 2, Math.PI] as const;

/** Race rules withhold speeds: then the corners keep their order. */
const slowest = ({ minSpeedMps }: HubCorner) => minSpeedMps ?? 0;

export function placeLabels(
  track: FittedTrack,
  corners: readonly HubCorner[],
  { box, height, widthOf, corners: wanted, locale }: LabelRoom,
): Label[] {
  const placed: Label[] = [];
  const free = (label: Label) =>
    inside(label, box) && !placed.some((other) => overlap(label, other)) && clearOf(label, track);
  // Slow corners are the ones that a driver knows by name: they choose first.
  for (const corner of [...corners].sort((a, b) => slowest(a) - slowest(b))) {
    const texts = [wanted === 'names' ? locale.corner(corner) : '', numberOf(corner)];
    const label = texts
      .filter((text) => text !== '')
      .flatMap((text) => spotsOf({ text, width: widthOf(text), height }, corner, track))
      .find(free);
    if (label !== undefined) placed.push(label);
  }
  return placed;
}

/** Where a text could stand beside its corner, the best place first. */
function spotsOf(
  text: Pick<Label, 'text' | 'width' | 'height'>,
  corner: HubCorner,
  track: FittedTrack,
): Label[] {
  const distanceM = corner.apexM ?? corner.minSpeedM;
  const at = pointAt(track, distanceM);
  const right = rightOf(track, pieceAt(track, distanceM));
  const outside = corner.direction === 'left' ? 1 : -1;
  return clearPx.flatMap((awayPx) =>
    turns.map((turn) => {
      const [cos, sin] = [Math.cos(turn) * outside, Math.sin(turn) * outside];
      const x = right.x * cos - right.y * sin;
      const y = right.x * sin + right.y * cos;
      // Its middle lies so far out that its box just clears the corner.
      const reach = awayPx + (Math.abs(x) * text.width) / 2 + (Math.abs(y) * text.height) / 2;
      return { ...text, x: at.x + x * reach - text.width / 2, y: at.y + y * reach - text.height / 2 };
    }),
  );
}

/** `T6` and `6a` of an id are what drivers call it; an id without a number has no short form. */
const numberOf = ({ id }: HubCorner) => /\d+\w?$/.exec(id)?.[0] ?? '';

const inside = (a: Rectangle, box: Rectangle) =>
  a.x >= box.x && a.y >= box.y && a.x + a.width <= box.x + box.width && a.y + a.height <= box.y + box.height;

export const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Half of the drawn line's width and a little air. */
const linePx = 4;

function clearOf(label: Rectangle, { xs, ys }: FittedTrack): boolean {
  for (let index = 0; index < pieces; index += 1) {
    const [x, y] = [xs[index] ?? 0, ys[index] ?? 0];
    const beside = x < label.x - linePx || x > label.x + label.width + linePx;
    if (!beside && y > label.y - linePx && y < label.y + label.height + linePx) return false;
  }
  return true;
}
