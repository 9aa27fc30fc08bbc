/** The reference's pedals in the next two seconds, at the reference's own speed from where the car is now. */
import type { HubReference } from '@racing-coach/contract';

/** 2.7 s: what the plot of six seconds has room for. */
export const aheadTicks = 162;
const tickS = 1 / 60;
/** A reference that stands still would stretch one place over the whole window. */
const slowestMps = 5;

export class ReferenceAhead {
  readonly throttle = new Float32Array(aheadTicks).fill(Number.NaN);
  readonly brake = new Float32Array(aheadTicks).fill(Number.NaN);

  fill(reference: HubReference | null, lapDistanceM: number): void {
    if (reference === null || !Number.isFinite(lapDistanceM)) {
      this.throttle.fill(Number.NaN);
      this.brake.fill(Number.NaN);
      return;
    }
    const { trace, lengthM } = reference;
    let distanceM = lapDistanceM;
    for (let tick = 0; tick < aheadTicks; tick += 1) {
      const place = (((distanceM % lengthM) + lengthM) % lengthM) / trace.stepM;
      this.throttle[tick] = valueAt(trace.throttle, place);
      this.brake[tick] = valueAt(trace.brake, place);
      const speedMps = valueAt(trace.speedMps, place);
      distanceM += Math.max(slowestMps, speedMps || 0) * tickS;
    }
  }
}

/** Linear between the values either side; the lap is closed, so the last is followed by the first. */
function valueAt(values: readonly number[], place: number): number {
  const index = Math.floor(place);
  const here = values[index % values.length] ?? Number.NaN;
  const next = values[(index + 1) % values.length] ?? Number.NaN;
  return here + (next - here) * (place - index);
}
