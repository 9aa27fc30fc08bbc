/** The area under a line of evenly spaced values: tells one trace from another by form where colour does not. */
import { type Container, Mesh, MeshGeometry, Texture } from 'pixi.js';
import { stripIndices } from './strip.ts';

export interface AreaOptions {
  points: number;
  stepX: number;
  x: number;
  bottomY: number;
  topY: number;
  tint: number;
  opacity: number;
}

export class Area {
  readonly #options: AreaOptions;
  readonly #positions: Float32Array;
  readonly #geometry: MeshGeometry;

  constructor(into: Container, options: AreaOptions) {
    const { points, x, stepX, bottomY } = options;
    this.#options = options;
    this.#positions = Float32Array.from({ length: points * 4 }, (_, index) =>
      index % 2 === 0 ? x + Math.floor(index / 4) * stepX : bottomY,
    );
    this.#geometry = new MeshGeometry({
      positions: this.#positions,
      uvs: new Float32Array(points * 4),
      indices: stripIndices(points),
    });
    // As the lines that lie on it.
    this.#geometry.batchMode = 'batch';
    const mesh = new Mesh({ geometry: this.#geometry, texture: Texture.WHITE });
    mesh.tint = options.tint;
    mesh.alpha = options.opacity;
    into.addChild(mesh);
  }

  /** @param values 0 to 1, NaN where there is nothing */
  draw(values: ArrayLike<number>): void {
    const { points, bottomY, topY } = this.#options;
    for (let index = 0; index < points; index += 1) {
      const value = values[index] ?? Number.NaN;
      this.#positions[index * 4 + 1] = Number.isFinite(value) ? bottomY + (topY - bottomY) * value : bottomY;
    }
    this.#geometry.getBuffer('aPosition').update();
  }

  destroy(): void {
    this.#geometry.destroy(true);
  }
}
