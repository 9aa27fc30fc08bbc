/**
 * Sends what waits in the outbox, one thing at a time, for as long as the engine runs. It never holds anything of the engine up: it asks the store's thread and the
 * network, and waits for both. Everything that it knows of its work is in the store, so that it goes on wherever it was killed.
 *
 * Waiting is counted by the monotonic clock: a wall clock that is set moves nothing. Where the two differ by more than a minute the machine slept, or
 * its clock was set: what was waited for is asked again soon.
 */
import { CodedError, type SyncState } from '@racing-coach/contract';
import type { ServerLogin } from '../data/server-login.ts';
import type { LapStoreClient } from '../store/lap-store.ts';
import { backOffMs } from './back-off.ts';
import { checkServer } from './check-server.ts';
import { Sender, type Step } from './sender.ts';
import { type Later, later } from './server-answer.ts';
import { SyncReport } from './sync-report.ts';
import type { SyncServer } from './sync-server.ts';

/** Time and chance, as arguments. */
export interface SyncClock {
  /** Monotonic. */
  nowMs(): number;
  date(): Date;
  /** Returns what takes it back. */
  later(ms: number, run: () => void): () => void;
  /** 0 to 1. */
  random(): number;
}

export interface SyncParts {
  store: LapStoreClient;
  login(): ServerLogin | null;
  /** The server does not take this token any more. */
  signedOut(token: string): void;
  connect(login: ServerLogin, stopped: AbortSignal): SyncServer;
  /** False while the driver is on the track and wants the network to himself. */
  maySend(): boolean;
  clock: SyncClock;
  /** Called with each change of how it stands. */
  changed(state: SyncState): void;
  /** The server was asked what it has; what else is done once a day. Never rejects. */
  checked?(): Promise<void>;
}

/** Timers stand still while a machine sleeps: it looks at the clocks this often. */
const lookMs = 30_000;
const jumpMs = 60_000;
/** After a sleep the network needs a moment, and so does a server that a whole team comes back to. */
const afterJumpMs = 10_000;
const checkEveryMs = 86_400_000;

export class SyncService {
  readonly #parts: SyncParts;
  readonly #sender: Sender;
  readonly #report: SyncReport;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #wake = () => {};
  #nudged = false;
  #forced = false;
  #failures = 0;
  /** Monotonic; nothing is sent before. */
  #holdUntilMs = 0;
  #held: Later | null = null;
  #checkedAtMs = Number.NEGATIVE_INFINITY;
  #connected: { login: ServerLogin; server: SyncServer } | null = null;
  #clocks: { monotonicMs: number; wallMs: number } | null = null;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    const { store, clock } = parts;
    this.#sender = new Sender({ store, now: () => clock.date(), random: () => clock.random() });
    this.#report = new SyncReport(store, (state) => parts.changed(state));
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Something changed: a lap was settled, a drive ended, somebody signed in. */
  nudge(): void {
    this.#nudged = true;
    this.#wake();
  }

  /** Sends what waits now, also on the track and while it would wait. Resolves when it says `sending`, which it does until it is done. */
  async sendNow(): Promise<void> {
    const login = this.#parts.login();
    this.#forced = login?.token != null;
    this.#letGo();
    if (this.#forced) await this.#report.become({ state: 'sending', login });
    this.nudge();
  }

  /** Laps that were refused as well. */
  async sendAgain(): Promise<void> {
    await this.#parts.store.retryRefused();
    await this.sendNow();
  }

  state(): SyncState {
    return this.#report.state;
  }

  /** What is being sent is broken off: the next start sends it again. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#nudged = false;
      const restMs = await this.#turn();
      if (restMs > 0) await this.#rest(restMs);
    }
  }

  /** Resolves to how long there is nothing to do, in ms. */
  async #turn(): Promise<number> {
    try {
      return await this.#act();
    } catch (thrown) {
      if (this.#stop.signal.aborted) return 0;
      const { code, message } = CodedError.from(thrown);
      return this.#hold(later({ code, text: message }, { needsSomebody: true }));
    }
  }

  async #act(): Promise<number> {
    const { clock, maySend } = this.#parts;
    this.#lookAtClocks();
    const login = this.#parts.login();
    if (login === null) return this.#rests({ state: 'off', login }, lookMs);
    if (login.token === null) return this.#rests({ state: 'signed-out', login }, lookMs);
    const waitMs = this.#holdUntilMs - clock.nowMs();
    if (waitMs > 0) return this.#waits(login, waitMs);
    if (!this.#forced && !maySend()) return this.#rests({ state: 'paused', login }, lookMs);
    const step = await this.#step(login, this.#serverOf(login));
    return this.#after(step, login);
  }

  async #step(login: ServerLogin, server: SyncServer): Promise<Step> {
    const { store, clock } = this.#parts;
    if (clock.nowMs() - this.#checkedAtMs < checkEveryMs) return this.#sender.step(server);
    const checked = await checkServer(store, server, login, clock.date());
    if (checked.kind !== 'checked') return checked;
    this.#checkedAtMs = clock.nowMs();
    await this.#parts.checked?.();
    return { kind: 'sent' };
  }

  async #after(step: Step, login: ServerLogin): Promise<number> {
    if (this.#stop.signal.aborted) return 0;
    switch (step.kind) {
      case 'sent':
        this.#failures = 0;
        await this.#report.become({ state: 'sending', login });
        return 0;
      case 'nothing':
        this.#forced = false;
        return this.#rests({ state: 'idle', login }, await this.#untilNextMs());
      case 'signed-out':
        this.#forced = false;
        if (login.token !== null) this.#parts.signedOut(login.token);
        return 0;
      case 'later':
        this.#forced = false;
        return this.#hold(step, login);
    }
  }

  /** Laps that failed by themselves have times of their own. */
  async #untilNextMs(): Promise<number> {
    const at = await this.#parts.store.nextAttemptAt();
    if (at === null) return lookMs;
    return Math.min(lookMs, Math.max(100, Date.parse(at) - this.#parts.clock.date().getTime()));
  }

  #hold(failure: Later, login = this.#parts.login()): Promise<number> {
    const { clock } = this.#parts;
    this.#failures += 1;
    const jitterMs = backOffMs(this.#failures, clock.random());
    this.#held = failure;
    this.#holdUntilMs = clock.nowMs() + jitterMs + (failure.retryAfterMs ?? 0);
    return this.#waits(login, this.#holdUntilMs - clock.nowMs());
  }

  #waits(login: ServerLogin | null, waitMs: number): Promise<number> {
    const { date } = this.#parts.clock;
    const nextAttempt = new Date(date().getTime() + waitMs).toISOString();
    const state = this.#held?.needsSomebody === true ? 'trouble' : 'waiting';
    const cause = this.#held?.refusal.text ?? null;
    return this.#rests({ state, login, cause, nextAttempt }, Math.min(lookMs, waitMs));
  }

  async #rests(moment: Parameters<SyncReport['become']>[0], restMs: number): Promise<number> {
    await this.#report.become(moment);
    return restMs;
  }

  #letGo(): void {
    this.#holdUntilMs = 0;
    this.#failures = 0;
    this.#held = null;
  }

  #serverOf(login: ServerLogin): SyncServer {
    const same = this.#connected?.login;
    if (this.#connected !== null && same?.url === login.url && same.token === login.token)
      return this.#connected.server;
    const server = this.#parts.connect(login, this.#stop.signal);
    this.#connected = { login, server };
    this.#checkedAtMs = Number.NEGATIVE_INFINITY;
    this.#letGo();
    return server;
  }

  #lookAtClocks(): void {
    const { clock } = this.#parts;
    const now = { monotonicMs: clock.nowMs(), wallMs: clock.date().getTime() };
    const before = this.#clocks;
    this.#clocks = now;
    if (before === null) return;
    const apartMs = now.wallMs - before.wallMs - (now.monotonicMs - before.monotonicMs);
    if (Math.abs(apartMs) < jumpMs) return;
    this.#failures = 0;
    this.#checkedAtMs = Number.NEGATIVE_INFINITY;
    this.#holdUntilMs = Math.min(this.#holdUntilMs, now.monotonicMs + clock.random() * afterJumpMs);
  }

  /** Until the time is over, or somebody nudges, or all ends. */
  #rest(ms: number): Promise<void> {
    if (this.#nudged || this.#stop.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.later(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
