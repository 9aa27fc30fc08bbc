/** An OBS desk with a bus, a clock that the test moves, and what was said. Sockets are real: `until` waits for them. */
import { type CoachEvent, type LapEvent, type ObsSettings, obsSettings } from '@racing-coach/contract';
import { EventBus } from '../../loop/event-bus.ts';
import type { EngineTopics } from '../../loop/topics.ts';
import { ObsDesk } from '../obs-desk.ts';

interface Timer {
  atMs: number;
  run(): void;
}

export class DeskBench {
  readonly said: string[] = [];
  readonly bus = new EventBus<EngineTopics>((name, error) => this.said.push(`FAILED ${name}: ${error}`));
  readonly desk: ObsDesk;
  nowMs = 1000;
  bestS: number | null = 90;
  password: string | null = null;
  #timers: Timer[] = [];

  constructor(settings: Partial<ObsSettings>) {
    this.desk = new ObsDesk({
      password: () => this.password,
      bestTimeS: () => Promise.resolve(this.bestS),
      nowMs: () => this.nowMs,
      later: (ms, run) => {
        const timer = { atMs: this.nowMs + ms, run };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
      tell: (line) => this.said.push(line),
    });
    this.desk.listen(this.bus);
    this.desk.apply(obsSettings.parse({ enabled: true, ...settings }));
  }

  get pending(): number {
    return this.#timers.length;
  }

  pass(ms: number): void {
    this.nowMs += ms;
    for (const timer of this.#timers.filter(({ atMs }) => atMs <= this.nowMs)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      timer.run();
    }
  }

  begin(trackKey = 'demo', carKey = 'car'): void {
    const note = { type: 'session', number: 1, coach: 1, kind: 'Practice', facts: { trackKey, carKey } };
    this.bus.publish('note', note as unknown as EngineTopics['note']);
  }

  /** At the line and, with its official time, after it. */
  lap(lap: number, over: Partial<LapEvent> = {}, settleMs = 2000): void {
    this.event({ ...lapEvent(lap), ...over, settled: false });
    this.pass(settleMs);
    this.event({ ...lapEvent(lap), ...over });
  }

  status(status: string): void {
    this.event({ ...place(1), type: 'status', status, silent: true, text: '' });
  }

  event(event: CoachEvent): void {
    this.bus.publish('event', { event, text: JSON.stringify(event) });
  }
}

const place = (lap: number) => ({ sample: 0, sessionTimeS: 0, lap, stint: 1, lapDistanceM: 0 });

function lapEvent(lap: number): LapEvent {
  return {
    type: 'lap',
    ...place(lap),
    settled: true,
    startSample: 0,
    endSample: 0,
    lapTimeS: 89,
    timeSource: 'official',
    officialLapTimeS: 89,
    ownLapTimeS: 89,
    complete: true,
    valid: true,
    referenceGrade: true,
    assisted: false,
    reasons: [],
  };
}

/** Waits for what sockets bring. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + 8000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what} did not happen`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** Long enough for anything that is under way between two sockets here. */
export const settle = () => new Promise((done) => setTimeout(done, 150));
