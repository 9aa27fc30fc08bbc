/**
 * Channels of a lap as an answer: JSON, or bytes for pages that draw (`Accept: application/octet-stream`): a length (uint32, little-endian), that
 * many bytes of JSON `{ firstRow, sampleRateHz, rows, channels: [name] }` padded with spaces to a multiple of four, then each channel's rows as float32,
 * little-endian, NaN where a value is missing. Metres and radians keep what a screen can show; for more there is the lap file.
 */
import type { TelemetryColumns } from '../../analysis/analysis.ts';

/** Seven places: a centimetre of latitude, and less than any sim measures of the rest. A short number is also quick to write. */
const places = 1e7;

const number = (value: number) =>
  Number.isNaN(value) ? 'null' : String(Math.round(value * places) / places);

/** Made by hand: a schema that looks at 65,000 numbers takes longer than the numbers. */
export function telemetryJson({ firstRow, sampleRateHz, channels }: TelemetryColumns): string {
  const columns = Object.entries(channels).map(
    ([name, values]) => `${JSON.stringify(name)}:[${Array.from(values, number).join(',')}]`,
  );
  return `{"firstRow":${firstRow},"sampleRateHz":${sampleRateHz},"channels":{${columns.join(',')}}}`;
}

export function telemetryBytes({ firstRow, sampleRateHz, channels }: TelemetryColumns): Buffer {
  const names = Object.keys(channels);
  const rows = names[0] === undefined ? 0 : (channels[names[0]]?.length ?? 0);
  const text = JSON.stringify({ firstRow, sampleRateHz, rows, channels: names });
  const head = Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4, ' '));
  const bytes = Buffer.alloc(4 + head.length + names.length * rows * 4);
  bytes.writeUInt32LE(head.length, 0);
  head.copy(bytes, 4);
  names.forEach((name, column) => {
    const at = 4 + head.length + column * rows * 4;
    const floats = Float32Array.from(channels[name] ?? []);
    bytes.set(new Uint8Array(floats.buffer), at);
  });
  return bytes;
}
