/**
 * Ids of rows: UUID version 7 (RFC 9562), so that they sort by age and a page of a list is a range of an index. Made here because PostgreSQL before 18 has
 * no such function.
 */
import { randomBytes } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/** Later ids of one process are greater, within one millisecond as well: 12 bits count there. */
export function newId(now: Date = new Date()): string {
  const ms = Math.max(now.getTime(), lastMs);
  counter = ms === lastMs ? counter + 1 : (randomBytes(1)[0] ?? 0);
  lastMs = counter > 0xfff ? ms + 1 : ms;
  if (counter > 0xfff) counter = 0;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
