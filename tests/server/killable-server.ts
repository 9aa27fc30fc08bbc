/** The other side of `uploads-server.ts`: starts it, kills it, starts it again where it was. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerOrder } from './uploads-server.ts';

const program = join(import.meta.dirname, 'uploads-server.ts');

export class KillableServer {
  readonly #order: ServerOrder;
  #child: ChildProcess | null = null;
  url = '';

  private constructor(order: ServerOrder) {
    this.#order = order;
  }

  static async start(order: ServerOrder): Promise<KillableServer> {
    const server = new KillableServer({ ...order });
    await server.start();
    return server;
  }

  /** Resolves when it answers; after the first time at the same port. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [program, JSON.stringify(this.#order)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      this.url = (JSON.parse(line) as { url: string }).url;
      this.#order.port = Number(new URL(this.url).port);
      return;
    }
    throw new Error(`the server ended: ${err}`);
  }

  /** As a power cut. Resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  /** A page of a list, as JSON. */
  async get(path: string): Promise<{ items: Record<string, unknown>[]; next: string | null }> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${this.#order.token}` },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { items: Record<string, unknown>[]; next: string | null };
  }
}
