/** A client in a thread of its own: what it does to send and to read is not the server's time, but what it waits is. */
import { parentPort, Worker } from 'node:worker_threads';

export interface ManyRequests {
  /** `{n}` becomes the number of the request. */
  urls: string[];
  count: number;
  method: string;
  headers: Record<string, string>;
  body?: Uint8Array;
}

export interface ManyReplies {
  /** From sending to the last byte, in milliseconds. */
  ms: number[];
  /** What the last one said. */
  last: Uint8Array;
}

if (parentPort !== null) {
  const port = parentPort;
  port.on('message', (order: ManyRequests) => {
    run(order).then(
      (replies) => port.postMessage(replies),
      (error: unknown) => port.postMessage(String(error)),
    );
  });
}

async function run({ urls, count, method, headers, body }: ManyRequests): Promise<ManyReplies> {
  const ms: number[] = [];
  let last = new Uint8Array();
  for (let index = 0; index < count; index += 1) {
    const url = (urls[index % urls.length] ?? '').replace('{n}', String(index));
    const sent = body === undefined ? {} : { body: new Uint8Array(body) };
    const start = performance.now();
    const response = await fetch(url, { method, headers, ...sent });
    last = new Uint8Array(await response.arrayBuffer());
    ms.push(performance.now() - start);
    if (!response.ok)
      throw new Error(`${url}: ${response.status} ${Buffer.from(last).toString().slice(0, 300)}`);
  }
  return { ms, last };
}

export class BenchClient {
  readonly #worker = new Worker(new URL(import.meta.url));

  run(order: ManyRequests): Promise<ManyReplies> {
    return new Promise((resolve, reject) => {
      this.#worker.once('message', (answer: ManyReplies | string) =>
        typeof answer === 'string' ? reject(new Error(answer)) : resolve(answer),
      );
      this.#worker.postMessage(order);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
