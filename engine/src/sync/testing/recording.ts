/** The other side of `recording-process.ts`: starts it, hears what it says, kills it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RecordingOrder } from './recording-process.ts';

const program = fileURLToPath(new URL('./recording-process.ts', import.meta.url));

interface Said {
  stored?: string;
  state?: string;
  waiting?: number;
  refused?: number;
  text?: string;
}

export class Recording {
  /** Laps that it said the store has. */
  readonly stored: string[] = [];
  #last: Said = {};
  #err = '';
  readonly #child: ChildProcess;
  readonly #listeners = new Set<() => void>();

  constructor(order: RecordingOrder) {
    this.#child = spawn(process.execPath, [program, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stderr?.on('data', (text) => {
      this.#err += text;
    });
    this.#child.once('close', () => this.#tell());
    if (this.#child.stdout !== null)
      createInterface({ input: this.#child.stdout }).on('line', (line) => {
        const said = JSON.parse(line) as Said;
        if (said.stored !== undefined) this.stored.push(said.stored);
        else this.#last = said;
        this.#tell();
      });
  }

  get last(): Said {
    return this.#last;
  }

  /** Resolves once it holds. Rejects when the process ended by itself before. */
  async until(holds: (recording: Recording) => boolean): Promise<void> {
    while (!holds(this)) {
      if (this.#child.exitCode !== null) throw new Error(`the recording ended: ${this.#err}`);
      if (this.#child.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        const heard = () => {
          this.#listeners.delete(heard);
          resolve();
        };
        this.#listeners.add(heard);
      });
    }
  }

  /** As a power cut. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'close');
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
