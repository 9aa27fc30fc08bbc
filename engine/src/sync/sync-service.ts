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
import { checkServer } from './check-server.ts';
import { Hold } from './hold.ts';
import { Sender, type Step } from './sender.ts';
import { type Later, later } from './server-answer.ts';
import { ClockJumps, type SyncClock } from './sync-clock.ts';
import { SyncReport } from './sync-report.ts';
import type { SyncServer } from './sync-server.ts';

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
/** After a sleep the network needs a moment, and so does a server that a whole team comes back to. */
const afterJumpMs = 10_000;
const checkEveryMs = 86_400_000;

export class SyncService {
  readonly #parts: SyncParts;
  readonly #sender: Sender;
  readonly #report: SyncReport;
  readonly #hold: Hold;
  readonly #jumps: ClockJumps;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #wake = () => {};
  #nudged = false;
  #forced = false;
  #checkedAtMs = Number.NEGATIVE_INFINITY;
  #connected: { login: ServerLogin; server: SyncServer } | null = null;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    const { store, clock } = parts;
    this.#sender = new Sender({ store, now: () => clock.date(), random: () => clock.random() });
    this.#hold = new Hold(clock);
    this.#jumps = new ClockJumps(clock);
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
    this.#hold.letGo();
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
      return this.#holdOn(later({ code, text: message }, { needsSomebody: true }));
    }
  }

  async #act(): Promise<number> {
    const { maySend } = this.#parts;
    this.#lookAtClocks();
    const login = this.#parts.login();
    if (login === null) return this.#rests({ state: 'off', login }, lookMs);
    if (login.token === null) return this.#rests({ state: 'signed-out', login }, lookMs);
    if (this.#hold.leftMs > 0) return this.#waits(login);
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
        this.#hold.succeed();
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
        return this.#holdOn(step, login);
    }
  }

  /** Laps that failed by themselves have times of their own. */
  async #untilNextMs(): Promise<number> {
    const at = await this.#parts.store.nextAttemptAt();
    if (at === null) return lookMs;
    return Math.min(lookMs, Math.max(100, Date.parse(at) - this.#parts.clock.date().getTime()));
  }

  #holdOn(failure: Later, login = this.#parts.login()): Promise<number> {
    this.#hold.fail(failure);
    return this.#waits(login);
  }

  #waits(login: ServerLogin | null): Promise<number> {
    const { leftMs, failure } = this.#hold;
    const nextAttempt = new Date(this.#parts.clock.date().getTime() + leftMs).toISOString();
    const state = failure?.needsSomebody === true ? 'trouble' : 'waiting';
    const cause = failure?.refusal.text ?? null;
    return this.#rests({ state, login, cause, nextAttempt }, Math.min(lookMs, leftMs));
  }

  async #rests(moment: Parameters<SyncReport['become']>[0], restMs: number): Promise<number> {
    await this.#report.become(moment);
    return restMs;
  }

  #serverOf(login: ServerLogin): SyncServer {
    const same = this.#connected?.login;
    if (this.#connected !== null && same?.url === login.url && same.token === login.token)
      return this.#connected.server;
    const server = this.#parts.connect(login, this.#stop.signal);
    this.#connected = { login, server };
    this.#checkedAtMs = Number.NEGATIVE_INFINITY;
    this.#hold.letGo();
    return server;
  }

  #lookAtClocks(): void {
    if (!this.#jumps.jumped()) return;
    this.#checkedAtMs = Number.NEGATIVE_INFINITY;
    this.#hold.forget(afterJumpMs);
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
