/** A sync service on a store in memory, with clocks that a test moves. */
import { setImmediate } from 'node:timers/promises';
import type { SyncState } from '@racing-coach/contract';
import type { ServerLogin } from '../../data/server-login.ts';
import { MemoryLapStore } from '../../store/memory-lap-store.ts';
import { promised } from '../../store/testing/promised-store.ts';
import { someFacts, someLap, someSession } from '../../store/testing/some-laps.ts';
import { ServerClient } from '../server-client.ts';
import { type SyncParts, SyncService } from '../sync-service.ts';
import type { ModelServer } from './model-server.ts';

interface Timer {
  atMs: number;
  run(): void;
}

export class SyncBench {
  readonly memory = new MemoryLapStore();
  readonly store = promised(this.memory);
  readonly states: SyncState[] = [];
  login: ServerLogin | null;
  drives = false;
  random = 0.5;
  /** Monotonic and wall clock. */
  nowMs = 1000;
  wallMs = Date.parse('2026-01-10T00:00:00Z');
  service: SyncService;
  readonly #timers = new Set<Timer>();

  constructor(server: ModelServer) {
    this.login = { url: server.url, token: server.token, deviceId: 'device', userName: 'Ada' };
    this.memory.saveSession(someSession('s1'));
    this.service = new SyncService(this.#parts());
  }

  #parts(): SyncParts {
    return {
      store: this.store,
      login: () => this.login,
      signedOut: (token) => {
        if (this.login?.token === token) this.login = { ...this.login, token: null };
      },
      connect: ({ url, token }, stopped) =>
        new ServerClient({ url, token: token ?? '', stopped, now: () => new Date(this.wallMs) }),
      maySend: () => !this.drives,
      clock: {
        nowMs: () => this.nowMs,
        date: () => new Date(this.wallMs),
        later: (ms, run) => {
          const timer = { atMs: this.nowMs + ms, run };
          this.#timers.add(timer);
          return () => this.#timers.delete(timer);
        },
        random: () => this.random,
      },
      changed: (state) => this.states.push(state),
    };
  }

  /** A new process on the same store. */
  async restart(): Promise<void> {
    await this.service.close();
    this.service = new SyncService(this.#parts());
    this.service.start();
  }

  drive(...laps: number[]): void {
    for (const lap of laps) {
      this.memory.openLap(someLap('s1', lap));
      this.memory.settleLap('s1', someFacts(lap), new Date(this.wallMs).toISOString());
    }
    this.service.nudge();
  }

  /** Resolves once the service waits for time or for somebody. Real sockets are underneath: rounds of the event loop pass meanwhile. */
  async settled(): Promise<SyncState> {
    while (this.#timers.size === 0) await setImmediate();
    return this.service.state();
  }

  /** Both clocks go on; what is due runs, in order. */
  async pass(ms: number): Promise<SyncState> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await this.settled();
      const [first] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
      if (first === undefined || first.atMs > untilMs) break;
      this.#moveTo(Math.max(this.nowMs, first.atMs));
      this.#timers.delete(first);
      first.run();
    }
    this.#moveTo(untilMs);
    return this.service.state();
  }

  #moveTo(nowMs: number): void {
    this.wallMs += nowMs - this.nowMs;
    this.nowMs = nowMs;
  }
}
