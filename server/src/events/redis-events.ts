/**
 * Events through Redis, for several servers: each hears all of them, its own included, and only that way, so that the order is the same everywhere. While
 * Redis is gone a server hears its own; when it is back everyone is told to load again, because others' were missed.
 */
import { listEvent } from '@racing-coach/contract/server';
import { Redis } from 'ioredis';
import * as z from 'zod';
import type { Events, ServerEvent } from './events.ts';
import { MemoryEvents } from './memory-events.ts';

const channel = 'racing-coach:events';
const message = z.object({ event: listEvent, ownerId: z.string() });

export class RedisEvents implements Events {
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #local = new MemoryEvents();
  readonly #resyncs = new Set<() => void>();
  #subscribed = false;
  #missed = false;

  constructor(url: string) {
    const options = {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: 2000,
      retryStrategy: (attempt: number) => Math.min(attempt * 200, 5000),
    };
    this.#publisher = new Redis(url, { ...options, commandTimeout: 500 });
    this.#subscriber = new Redis(url, { ...options, autoResubscribe: false });
    for (const redis of [this.#publisher, this.#subscriber]) redis.on('error', () => undefined);
    this.#subscriber.on('ready', () => void this.#listen());
    this.#subscriber.on('close', () => {
      this.#missed ||= this.#subscribed;
      this.#subscribed = false;
    });
    this.#subscriber.on('message', (_channel, text) => this.#receive(text));
  }

  async publish(event: ServerEvent): Promise<void> {
    try {
      await this.#publisher.publish(channel, JSON.stringify(event));
      if (this.#subscribed) return;
    } catch {
      // Falls through: who is connected here hears it all the same.
    }
    await this.#local.publish(event);
  }

  subscribe(listener: (event: ServerEvent) => void, resync: () => void): () => void {
    const end = this.#local.subscribe(listener);
    this.#resyncs.add(resync);
    return () => {
      end();
      this.#resyncs.delete(resync);
    };
  }

  async close(): Promise<void> {
    this.#publisher.disconnect();
    this.#subscriber.disconnect();
    await this.#local.close();
    this.#resyncs.clear();
  }

  async #listen(): Promise<void> {
    try {
      await this.#subscriber.subscribe(channel);
    } catch {
      return;
    }
    this.#subscribed = true;
    if (!this.#missed) return;
    this.#missed = false;
    for (const resync of [...this.#resyncs]) resync();
  }

  #receive(text: string): void {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return;
    }
    const parsed = message.safeParse(json);
    if (parsed.success) void this.#local.publish(parsed.data);
  }
}
