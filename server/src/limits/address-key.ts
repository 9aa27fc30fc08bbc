/** By what an address is counted: whoever has one IPv6 address has the other 2^64 of its network as well. */
import { isIPv6 } from 'node:net';

/** An IPv4 address as it is, also when written in IPv6; of IPv6 the first 64 bits. */
export function addressKey(address: string): string {
  const plain = address.split('%', 1)[0] ?? '';
  if (!isIPv6(plain)) return plain;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain);
  if (mapped?.[1] !== undefined) return mapped[1];
  return `${groupsOf(plain).slice(0, 4).join(':')}::/64`;
}

/** The eight groups; a dotted tail is two of them and beyond the first 64 bits in any case. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0').split('::');
  const before = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - behind.length) }, () => '0');
  return [...before, ...zeros, ...behind].map((group) => Number.parseInt(group, 16).toString(16));
}
