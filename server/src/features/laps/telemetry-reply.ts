/** Columns of numbers as an answer. */
import type { TelemetryColumns } from '../../analysis/analysis.ts';

/**
 * Steps of the values in JSON: a tenth of a micrometre, and a centimetre in degrees of latitude. Values have no more than that in them, and their text is
 * half as long.
 */
const steps = 1e7;

function valuesOf(values: Float64Array): string {
  const rounded: (number | null)[] = new Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    const stepped = Math.round(value * steps) / steps;
    rounded[row] = Number.isFinite(stepped) ? stepped : null;
  }
  return JSON.stringify(rounded);
}

/** The contract's `telemetry`. */
export function jsonOf({ firstRow, sampleRateHz, channels }: TelemetryColumns): string {
  const columns = Object.entries(channels).map(
    ([name, values]) => `${JSON.stringify(name)}:${valuesOf(values)}`,
  );
  return `{"firstRow":${firstRow},"sampleRateHz":${sampleRateHz},"channels":{${columns.join(',')}}}`;
}

/** The contract's `telemetryHead`, and the values behind it. */
export function columnsOf({ firstRow, sampleRateHz, channels }: TelemetryColumns): Buffer {
  const names = Object.entries(channels).map(([name, values]) => ({ name, rows: values.length }));
  const head = JSON.stringify({ firstRow, sampleRateHz, channels: names });
  const headBytes = Buffer.byteLength(head) + 1;
  const padding = ' '.repeat((8 - (headBytes % 8)) % 8);
  const values = Object.values(channels).map(littleEndian);
  return Buffer.concat([Buffer.from(`${head}${padding}\n`), ...values]);
}

const nativeIsLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndian(values: Float64Array): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return nativeIsLittle ? bytes : Buffer.from(bytes).swap64();
}
