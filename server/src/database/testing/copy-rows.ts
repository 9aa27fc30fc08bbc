/** Rows in PostgreSQL's binary COPY format, for tests and measurements that have no native core. */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** PostgreSQL counts microseconds from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1);

export const testColumns = [
  { name: 'lap_id', type: 'uuid' },
  { name: 'owner_id', type: 'uuid' },
  { name: 'time', type: 'timestamptz' },
  { name: 'speed_mps', type: 'real' },
  { name: 'throttle', type: 'real' },
  { name: 'brake', type: 'real' },
];

/** As many more columns as make a row of a real lap. */
export const wideColumns = (channels: number) => [
  ...testColumns,
  ...Array.from({ length: channels - 3 }, (_, index) => ({ name: `channel_${index}`, type: 'real' })),
];

export interface TestLap {
  id: string;
  ownerId: string;
  startedAt: Date;
  rows: number;
  channels: number;
}

/** Samples at 60 Hz; the values are smooth with some noise, as a car's are. */
export function copyRowsOf(lap: TestLap): Uint8Array {
  const fields = 3 + lap.channels;
  const rowBytes = 2 + 20 + 20 + 12 + lap.channels * 8;
  const bytes = Buffer.alloc(signature.length + 8 + lap.rows * rowBytes + 2);
  signature.copy(bytes);
  const ids = [lap.id, lap.ownerId].map((id) => Buffer.from(id.replaceAll('-', ''), 'hex'));
  let at = signature.length + 8;
  for (let row = 0; row < lap.rows; row += 1) {
    at = bytes.writeInt16BE(fields, at);
    for (const id of ids) {
      at = bytes.writeInt32BE(16, at);
      at += id.copy(bytes, at);
    }
    at = bytes.writeInt32BE(8, at);
    const microseconds = Math.round((lap.startedAt.getTime() - epochMs) * 1000 + (row * 1e6) / 60);
    at = bytes.writeBigInt64BE(BigInt(microseconds), at);
    for (let channel = 0; channel < lap.channels; channel += 1) {
      at = bytes.writeInt32BE(4, at);
      const noise = ((row * 31 + channel * 17) % 97) / 9700;
      at = bytes.writeFloatBE(50 + 20 * Math.sin(row / 300 + channel) + noise, at);
    }
  }
  bytes.writeInt16BE(-1, at);
  return bytes;
}
