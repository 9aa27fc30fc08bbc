/**
 * Between several servers. What happens here is delivered here at once, whatever becomes of Redis; others get it from Redis. Redis keeps nothing for
 * those who are away: whoever was away tells its listeners to load again, and whoever could not send tells all others the same.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { connectRedis } from '../redis/connect-redis.ts';
import { type Events, type ServerEvent, serverEvent } from './events.ts';
import { Subscribers } from './subscribers.ts';

const channel = 'racing-coach:events';
/** `event` is null when something was lost. */
const message = z.object({ from: z.string(), event: serverEvent.nullable() });

export class RedisEvents implements Events {
  readonly #id = randomUUID();
  readonly #subscribers = new Subscribers();
  readonly #publisher: Redis;
  readonly #receiver: Redis;
  #lost = false;
  #wasReady = false;

  constructor(url: string) {
    this.#publisher = connectRedis(url);
    this.#publisher.on('ready', () => void this.#tellOfLost());
    // A subscription waits for ever; whether the other end is there is told by the connection.
    this.#receiver = connectRedis(url, { autoResubscribe: false, keepAlive: 10_000 });
    this.#receiver.on('ready', () => void this.#listen());
    this.#receiver.on('message', (_channel, text) => this.#receive(text));
  }

  async publish(event: ServerEvent): Promise<void> {
    this.#subscribers.event(event);
    await this.#send(event);
  }

  subscribe(listener: (event: ServerEvent) => void, resync: () => void): () => void {
    return this.#subscribers.add(listener, resync);
  }

  async close(): Promise<void> {
    this.#subscribers.clear();
    this.#publisher.disconnect();
    this.#receiver.disconnect();
  }

  async #send(event: ServerEvent | null): Promise<void> {
    try {
      await this.#publisher.publish(channel, JSON.stringify({ from: this.#id, event }));
    } catch {
      this.#lost = true;
    }
  }

  async #tellOfLost(): Promise<void> {
    if (!this.#lost) return;
    this.#lost = false;
    await this.#send(null);
  }

  async #listen(): Promise<void> {
    try {
      await this.#receiver.subscribe(channel);
    } catch {
      // Lost again while it subscribed: the next connection begins anew.
      this.#receiver.disconnect(true);
      return;
    }
    if (this.#wasReady) this.#subscribers.resync();
    this.#wasReady = true;
  }

  #receive(text: string): void {
    const parsed = message.safeParse(jsonOf(text));
    if (!parsed.success || parsed.data.from === this.#id) return;
    if (parsed.data.event === null) this.#subscribers.resync();
    else this.#subscribers.event(parsed.data.event);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
