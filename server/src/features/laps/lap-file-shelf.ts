/**
 * Lap files that were read last, by their hash: they never change, and whoever looks at a lap asks for its channels again and again. Whether he may see it is
 * asked of the database each time, before the shelf.
 */
export class LapFileShelf {
  /** The least recently asked first. */
  readonly #files = new Map<string, Buffer>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes = 64 << 20) {
    this.#mostBytes = mostBytes;
  }

  async through(sha256: string, load: () => Promise<Buffer>): Promise<Buffer> {
    const kept = this.#files.get(sha256);
    if (kept !== undefined) {
      this.#files.delete(sha256);
      this.#files.set(sha256, kept);
      return kept;
    }
    const file = await load();
    if (!this.#files.has(sha256)) this.#keep(sha256, file);
    return file;
  }

  #keep(sha256: string, file: Buffer): void {
    this.#files.set(sha256, file);
    this.#bytes += file.length;
    for (const [oldest, bytes] of this.#files) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#files.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}
