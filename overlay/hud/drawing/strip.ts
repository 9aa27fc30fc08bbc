/**
 * A line through evenly spaced values, as a mesh that is made once: only its vertices move. Its edges fade over the
 * outer pixel (a small texture across the line), its dashes are the texture's repeat along it.
 */
import { type Container, Mesh, MeshGeometry, type Texture } from 'pixi.js';
import { canvasTexture } from './shapes.ts';

export interface StripOptions {
  points: number;
  /** Between two values, layout pixels. */
  stepX: number;
  x: number;
  /** Where the value 0 and the value 1 lie. */
  bottomY: number;
  topY: number;
  thickness: number;
  tint: number;
  opacity: number;
  dashed: boolean;
  resolution: number;
}

/** A dash and the gap after it, in layout pixels along the line. */
const dashPeriod = 9;
const dashShare = 0.6;
const textureRows = 8;

export class Strip {
  readonly #options: StripOptions;
  readonly #positions: Float32Array;
  readonly #uvs: Float32Array;
  readonly #geometry: MeshGeometry;
  readonly #texture: Texture;
  readonly #mesh: Mesh;
  readonly #halfWidth: number;

  constructor(into: Container, options: StripOptions) {
    const { points } = options;
    this.#options = options;
    this.#positions = new Float32Array(points * 4);
    // Across the line the texture runs from 0 to 1; along it `draw` says where.
    this.#uvs = Float32Array.from({ length: points * 4 }, (_, index) => [0.25, 0, 0.25, 1][index % 4] ?? 0);
    // The fade stands outside of the line's own thickness, by half a device pixel each side.
    this.#halfWidth = options.thickness / 2 + 0.5 / options.resolution;
    this.#geometry = new MeshGeometry({
      positions: this.#positions,
      uvs: this.#uvs,
      indices: stripIndices(points),
    });
    // Into the panel's one draw call: a call of its own for each line costs the page more than copying its points.
    this.#geometry.batchMode = 'batch';
    this.#texture = stripTexture(options);
    this.#mesh = new Mesh({ geometry: this.#geometry, texture: this.#texture });
    this.#mesh.tint = options.tint;
    this.#mesh.alpha = options.opacity;
    into.addChild(this.#mesh);
  }

  set visible(value: boolean) {
    this.#mesh.visible = value;
  }

  /**
   * @param values 0 to 1, NaN where there is no line
   * @param length of the line up to the anchored end, in layout pixels: where in a dash that end is
   */
  draw(values: ArrayLike<number>, length = 0, anchored: 'first' | 'last' = 'first'): void {
    const { points, stepX, x, bottomY, topY, dashed } = this.#options;
    const height = topY - bottomY;
    let before = bottomY + height * (values[0] ?? Number.NaN);
    let here = before;
    for (let index = 0; index < points; index += 1) {
      const after = index + 1 < points ? bottomY + height * (values[index + 1] ?? Number.NaN) : here;
      this.#place(index, x + index * stepX, here, before, after);
      before = here;
      here = after;
    }
    this.#geometry.getBuffer('aPosition').update();
    if (dashed) this.#dash(values, height, length, anchored);
  }

  /** Where in a dash each point is. */
  #dash(values: ArrayLike<number>, height: number, length: number, anchored: 'first' | 'last'): void {
    const { points, stepX } = this.#options;
    const step = anchored === 'first' ? 1 : -1;
    let along = length % (dashPeriod * 1000);
    for (let index = anchored === 'first' ? 0 : points - 1; index >= 0 && index < points; index += step) {
      this.#uvs[index * 4] = along / dashPeriod;
      this.#uvs[index * 4 + 2] = along / dashPeriod;
      const rise = height * ((values[index + step] ?? Number.NaN) - (values[index] ?? Number.NaN));
      along += step * (Number.isFinite(rise) ? Math.sqrt(stepX * stepX + rise * rise) : stepX);
    }
    this.#geometry.getBuffer('aUV').update();
  }

  destroy(): void {
    this.#geometry.destroy(true);
    this.#texture.destroy(true);
  }

  /** Two vertices across the line's direction here; both on one spot where there is no line. */
  #place(index: number, x: number, y: number, before: number, after: number): void {
    const known = Number.isFinite(y);
    const from = Number.isFinite(before) ? before : y;
    const to = Number.isFinite(after) ? after : y;
    const run = 2 * this.#options.stepX;
    const rise = to - from;
    // Twice as fast as Math.hypot, for numbers that cannot overflow.
    const length = Math.sqrt(run * run + rise * rise);
    const dx = known ? (-rise / length) * this.#halfWidth : 0;
    const dy = known ? (run / length) * this.#halfWidth : 0;
    // A line begins and ends at its own height: no sliver runs down to the base.
    const shownY = known
      ? y
      : Number.isFinite(to)
        ? to
        : Number.isFinite(from)
          ? from
          : this.#options.bottomY;
    const at = index * 4;
    this.#positions[at] = x - dx;
    this.#positions[at + 1] = shownY - dy;
    this.#positions[at + 2] = x + dx;
    this.#positions[at + 3] = shownY + dy;
  }
}

/** Two triangles between each pair of neighbours. */
export function stripIndices(points: number): Uint32Array {
  const indices = new Uint32Array((points - 1) * 6);
  for (let index = 0; index < points - 1; index += 1) {
    const a = index * 2;
    indices.set([a, a + 1, a + 2, a + 1, a + 3, a + 2], index * 6);
  }
  return indices;
}

function stripTexture({ dashed, thickness, resolution }: StripOptions): Texture {
  const columns = 32;
  const texture = canvasTexture(columns, textureRows, 1, (context) => {
    const across = context.createLinearGradient(0, 0, 0, textureRows);
    const edge = 1 / (thickness * resolution + 1);
    across.addColorStop(0, '#fff0');
    across.addColorStop(Math.min(0.5, edge), '#fff');
    across.addColorStop(Math.max(0.5, 1 - edge), '#fff');
    across.addColorStop(1, '#fff0');
    context.fillStyle = across;
    context.fillRect(0, 0, dashed ? columns * dashShare : columns, textureRows);
  });
  texture.source.style.addressModeU = 'repeat';
  texture.source.style.addressModeV = 'clamp-to-edge';
  return texture;
}
