/**
 * A line through points that lie anywhere, as thick at each of them as it is told: the track on a map. A mesh that is made once; only its vertices
 * move. Four vertices across: between the inner two the line is solid, towards the outer ones it fades over a device pixel, whatever its width.
 */
import { type Container, Mesh, MeshGeometry, type Texture } from 'pixi.js';
import { canvasTexture } from './shapes.ts';

export interface LoopOptions {
  points: number;
  tint: number;
  opacity: number;
  resolution: number;
}

const across = 4;
/** Where the outer and inner vertices stand, and where in the fade's texture. */
const sides = [
  { sign: -1, inner: false },
  { sign: -1, inner: true },
  { sign: 1, inner: true },
  { sign: 1, inner: false },
] as const;
/** Sharper bends are cut: a needle's tip would reach across the map. */
const longestMitre = 1.5;
const fadeRows = 8;
/**
 * One for all lines and for as long as the page lives: it is the same at every resolution, and the renderer's shader for meshes holds on to the last texture
 * that it drew.
 */
let fade: Texture | null = null;

export class Loop {
  readonly #points: number;
  readonly #fadePx: number;
  readonly #positions: Float32Array;
  readonly #geometry: MeshGeometry;

  constructor(into: Container, { points, tint, opacity, resolution }: LoopOptions) {
    this.#points = points;
    this.#fadePx = 0.5 / resolution;
    this.#positions = new Float32Array(points * across * 2);
    this.#geometry = new MeshGeometry({
      positions: this.#positions,
      uvs: Float32Array.from({ length: points * across * 2 }, (_, index) =>
        index % 2 === 0 ? 0.5 : sides[((index - 1) / 2) % across]?.inner ? 1 : 0,
      ),
      indices: loopIndices(points),
    });
    fade ??= fadeTexture();
    const mesh = new Mesh({ geometry: this.#geometry, texture: fade });
    mesh.tint = tint;
    mesh.alpha = opacity;
    into.addChild(mesh);
  }

  /**
   * @param xs, ys layout pixels @param widths the line's thickness at each point; nothing is drawn where it is 0
   */
  draw(xs: ArrayLike<number>, ys: ArrayLike<number>, widths: ArrayLike<number>): void {
    for (let index = 0; index < this.#points; index += 1) this.#place(index, xs, ys, widths[index] ?? 0);
    this.#geometry.getBuffer('aPosition').update();
  }

  destroy(): void {
    this.#geometry.destroy(true);
  }

  #place(index: number, xs: ArrayLike<number>, ys: ArrayLike<number>, width: number): void {
    const [x, y] = [xs[index] ?? 0, ys[index] ?? 0];
    const last = this.#points - 1;
    // The first and the last point are one spot of a closed line.
    const closed = xs[0] === xs[last] && ys[0] === ys[last];
    const before = index > 0 ? index - 1 : closed ? last - 1 : 0;
    const after = index < last ? index + 1 : closed ? 1 : last;
    const [inX, inY] = unit(x - (xs[before] ?? 0), y - (ys[before] ?? 0));
    const [outX, outY] = unit((xs[after] ?? 0) - x, (ys[after] ?? 0) - y);
    const [alongX, alongY] = unit(inX + outX, inY + outY);
    // On the bisector the edges of both pieces meet farther out.
    const cosine = alongX * inX + alongY * inY;
    const mitre = cosine > 1 / longestMitre ? 1 / cosine : longestMitre;
    let at = index * across * 2;
    for (const { sign, inner } of sides) {
      const half = width > 0 ? Math.max(0, width / 2 + (inner ? -this.#fadePx : this.#fadePx)) * mitre : 0;
      this.#positions[at] = x - alongY * half * sign;
      this.#positions[at + 1] = y + alongX * half * sign;
      at += 2;
    }
  }
}

function unit(x: number, y: number): [number, number] {
  const length = Math.hypot(x, y);
  return length > 0 ? [x / length, y / length] : [0, 0];
}

/** Six triangles between each pair of neighbours. */
function loopIndices(points: number): Uint32Array {
  const indices = new Uint32Array((points - 1) * (across - 1) * 6);
  let at = 0;
  for (let point = 0; point < points - 1; point += 1)
    for (let lane = 0; lane < across - 1; lane += 1) {
      const a = point * across + lane;
      indices.set([a, a + 1, a + across, a + 1, a + across + 1, a + across], at);
      at += 6;
    }
  return indices;
}

function fadeTexture(): Texture {
  const texture = canvasTexture(1, fadeRows, 1, (context) => {
    for (let row = 0; row < fadeRows; row += 1) {
      context.globalAlpha = row / (fadeRows - 1);
      context.fillStyle = '#fff';
      context.fillRect(0, row, 1, 1);
    }
  });
  texture.source.style.addressModeU = 'clamp-to-edge';
  texture.source.style.addressModeV = 'clamp-to-edge';
  return texture;
}
