/** The sim's flags as a driver hears of them, the most urgent first. Bits are iRacing's (`irsdk_Flags`). */

export interface Flag {
  bits: number;
  words: string;
  /** Said when it appears; else only on request. */
  called: boolean;
  /** Bits that mean danger right here, which has an alarm before the words: waved yellows and red. 0: none. */
  dangerBits: number;
}

export const flags: readonly Flag[] = [
  { bits: 0x30000, words: 'black flag', called: true, dangerBits: 0 },
  { bits: 0x10, words: 'red flag', called: true, dangerBits: 0x10 },
  { bits: 0x100000, words: 'repair needed', called: true, dangerBits: 0 },
  { bits: 0x80000, words: 'slow down penalty', called: true, dangerBits: 0 },
  { bits: 0xc000, words: 'full course yellow', called: true, dangerBits: 0x8000 },
  { bits: 0x108, words: 'yellow flag', called: true, dangerBits: 0x100 },
  { bits: 0x20, words: 'blue flag', called: true, dangerBits: 0 },
  { bits: 0x1, words: 'checkered flag', called: true, dangerBits: 0 },
  { bits: 0x2, words: 'white flag', called: true, dangerBits: 0 },
  { bits: 0x4, words: 'green flag', called: false, dangerBits: 0 },
];

/** The most urgent of those that are out. */
export const newestFlag = (sessionFlags: number): Flag | null =>
  flags.find(({ bits }) => (sessionFlags & bits) !== 0) ?? null;
