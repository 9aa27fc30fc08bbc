/**
 * From words to the fragments that a voice has: `turn 12, brake 10 meters later` becomes `turn 12` | `brake` `10` `meters later`. Longest fragment
 * first; numbers that a voice has no clip for are joined from parts. When one fragment is missing there is no sentence at all: half of one says
 * something else than the whole.
 */

export interface Fragment {
  text: string;
  /** A comma stands before it. */
  afterComma: boolean;
  /** It is the rest of a number that the fragment before it began: "one hundred" and "twelve". */
  continuesNumber: boolean;
}

/** The longest fragment is this many words; "slow down penalty", "no lap time yet". */
const mostWords = 5;
const largestNumber = 399;

interface Token {
  text: string;
  afterComma: boolean;
  continuesNumber: boolean;
}

/** Null when something cannot be said. */
export function fragmentsOf(sentence: string, has: (text: string) => boolean): Fragment[] | null {
  const tokens = tokensOf(sentence, has);
  if (tokens === null || tokens.length === 0) return null;
  const fragments: Fragment[] = [];
  for (let at = 0; at < tokens.length; ) {
    const words = longestAt(tokens, at, has);
    const [first] = words;
    if (first === undefined) return null;
    fragments.push({ ...first, text: textOf(words) });
    at += words.length;
  }
  return fragments;
}

const textOf = (tokens: Token[]) => tokens.map(({ text }) => text).join(' ');

/** A fragment never reaches across a comma. */
function longestAt(tokens: Token[], at: number, has: (text: string) => boolean): Token[] {
  const comma = tokens.findIndex(({ afterComma }, index) => index > at && afterComma);
  const end = Math.min(at + mostWords, comma < 0 ? tokens.length : comma);
  for (let to = end; to > at; to -= 1) {
    const words = tokens.slice(at, to);
    if (has(textOf(words))) return words;
  }
  return [];
}

function tokensOf(sentence: string, has: (text: string) => boolean): Token[] | null {
  const tokens: Token[] = [];
  for (const [phraseAt, phrase] of sentence.toLowerCase().replace(/[.!]$/, '').split(',').entries()) {
    const words = phrase
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
    for (const [wordAt, word] of words.entries()) {
      const afterComma = phraseAt > 0 && wordAt === 0;
      const parts = partsOf(word, has);
      if (parts === null) return null;
      for (const [partAt, text] of parts.entries())
        tokens.push({ text, afterComma: afterComma && partAt === 0, continuesNumber: partAt > 0 });
    }
  }
  return tokens;
}

/** A word, or the parts that a number is said in: `112`, `28.5`, `1:04.2`. Null for a number that nobody would say. */
function partsOf(word: string, has: (text: string) => boolean): string[] | null {
  const match = /^(?:(\d{1,2}):(?=\d\d))?(\d+)(?:\.(\d))?$/.exec(word);
  if (match === null) return /^[+-]?\d/.test(word) ? null : [word];
  const [, minutes, whole = '', tenth] = match;
  const parts = minutes === undefined ? numberParts(Number(whole), has) : secondsParts(minutes, whole);
  if (parts === null) return null;
  return tenth === undefined ? parts : [...parts, `point ${tenth}`];
}

function numberParts(value: number, has: (text: string) => boolean): string[] | null {
  if (value > largestNumber) return null;
  if (value < 100 || has(String(value))) return [String(value)];
  const rest = value % 100;
  return rest === 0 ? [String(value)] : [String(value - rest), String(rest)];
}

/** "One, oh four": seconds of a lap time keep their nought. */
function secondsParts(minutes: string, seconds: string): string[] {
  const below10 = seconds.startsWith('0');
  return [String(Number(minutes)), below10 ? `oh ${Number(seconds)}` : seconds];
}
