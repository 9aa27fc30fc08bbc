/**
 * A whole session tick by tick: the made-up lap round and round, and beside it all that an engine says of a session: fuel and the cars around four times a
 * second, corners and verdicts behind each corner, laps at the line, tyres every third lap, words of the coach, cars beside. For whoever measures or
 * watches the HUD as a driver has it. The same tick is always the same.
 */
import { type BoardLap, emptySnapshot, type HubMessage, type Snapshot } from '@racing-coach/contract';
import { cars, corners, fuel, laps, map, relative, tyres } from './synthetic-board.ts';
import { drivenLapTimeS, driveTo } from './synthetic-drive.ts';
import { cornerEvent, cueEvent } from './synthetic-events.ts';
import { syntheticCorners } from './synthetic-track.ts';

export const ticksASecond = 60;
const boardTicks = 15;
const tankL = 90;
const litresALap = 2.76;
const lapsToTheFlag = 60;
/** A car comes by for so long, once in so many ticks. */
const passing = { every: 1200, lasts: 180 } as const;
const advice = [
  'Brake later, at the 100 board',
  'More throttle from the apex',
  'Carry more speed in',
] as const;
const lapsListed = 20;

export class ScriptedSession {
  readonly snapshot: Snapshot = emptySnapshot();
  #tick = -1;
  #lap = 0;
  #corner = -1;
  #cornersS: (number | null)[] = syntheticCorners.map(() => null);
  #laps: BoardLap[] = [];

  /** Goes on by one tick: the snapshot is the new one, `readAtMs` excepted; what is said before it comes out. */
  next(): HubMessage[] {
    this.#tick += 1;
    const timeS = this.#tick / ticksASecond;
    const lap = Math.floor(timeS / drivenLapTimeS);
    driveTo(this.snapshot, timeS - lap * drivenLapTimeS);
    this.snapshot.sequence += 1;
    this.snapshot.sample = this.#tick;
    this.snapshot.sessionTimeS = timeS;
    this.snapshot.carLeftRight = this.#tick % passing.every < passing.lasts ? 2 + (lap % 5) : 1;
    const said = this.#tick === 0 ? [map(), laps({ laps: [], consistency: null })] : [];
    return [...said, ...this.#ofLap(lap), ...this.#ofCorner(lap), ...this.#ofBoard(timeS)];
  }

  /** The car stands where it is, and everything stays: the same row again, read anew. */
  stand(): void {
    this.snapshot.sequence += 1;
    this.snapshot.speedMps = 0;
    this.snapshot.longitudinalAccelMps2 = 0;
    this.snapshot.lateralAccelMps2 = 0;
    this.snapshot.brakeInS = Number.NaN;
    this.snapshot.brakeInM = Number.NaN;
    this.snapshot.beat = 0;
  }

  #ofLap(lap: number): HubMessage[] {
    if (lap === this.#lap) return [];
    this.#lap = lap;
    this.#cornersS = syntheticCorners.map(() => null);
    const lapTimeS = drivenLapTimeS + (lap % 7) * 0.11;
    const bestS = Math.min(lapTimeS, ...this.#laps.map((one) => one.lapTimeS ?? lapTimeS));
    const told: BoardLap = {
      lap,
      stint: 1,
      lapTimeS,
      clean: lap % 5 !== 0,
      valid: true,
      complete: true,
      best: false,
      toBestS: null,
      reasons: lap % 5 === 0 ? ['off-track'] : [],
    };
    const timed = (one: BoardLap): BoardLap => {
      const toBestS = (one.lapTimeS ?? bestS) - bestS;
      return { ...one, toBestS, best: one.clean && toBestS === 0 };
    };
    this.#laps = [...this.#laps, told].slice(-lapsListed).map(timed);
    const consistency = {
      laps: this.#laps.length,
      spreadS: 0.1 + (lap % 9) * 0.03,
      meanToBestS: 0.2 + (lap % 4) * 0.05,
      loosest: { cornerId: `t${1 + (lap % syntheticCorners.length)}`, spreadS: 0.12 },
    };
    const stop = lap % 3 === 0 ? [tyres({ stopLap: lap })] : [];
    return [laps({ laps: this.#laps, consistency }), corners(...this.#cornersS), ...stop];
  }

  /** Behind each corner what it cost, and now and then some advice. */
  #ofCorner(lap: number): HubMessage[] {
    const left = this.#corner;
    this.#corner = this.snapshot.corner;
    const corner = syntheticCorners[left];
    if (left === this.snapshot.corner || corner === undefined) return [];
    const deltaS = (((lap + left) % 9) - 4) * 0.05;
    this.#cornersS[left] = deltaS;
    const words = advice[(lap + left) % advice.length] ?? '';
    const cue: HubMessage[] = left % 3 === 0 ? [{ type: 'event', event: cueEvent('teach', words) }] : [];
    return [corners(...this.#cornersS), { type: 'event', event: cornerEvent(corner.id, deltaS) }, ...cue];
  }

  #ofBoard(timeS: number): HubMessage[] {
    if (this.#tick % boardTicks !== 0) return [];
    const driven = (timeS / drivenLapTimeS) % (tankL / litresALap - 1);
    const levelL = tankL - driven * litresALap;
    const lapsLeft = levelL / litresALap;
    const lapsToFlag = lapsToTheFlag - driven;
    const around = cars.map((car, index) => ({
      ...car,
      gapS: car.gapS + 0.8 * Math.sin(timeS / (7 + index)),
      arrivesInS: car.arrivesInS === null ? null : (timeS % 12) + 1,
    }));
    return [
      fuel({ levelL, perLapL: litresALap, lapsLeft, lapsToFlag, marginLaps: lapsLeft - lapsToFlag }),
      relative({ cars: around }),
    ];
  }
}
