/** Names and ids that no profile has yet; where profiles are made (the page) and where they come in (the engine). */
import type { ProfileSettings } from './profiles.ts';

const mostNameLength = 60;

/** The name itself, else with the first number that makes it free. */
export function freeProfileName(name: string, { list }: ProfileSettings): string {
  const taken = new Set(list.map((one) => one.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const end = ` (${number})`;
    const next = `${name.slice(0, mostNameLength - end.length).trimEnd()}${end}`;
    if (!taken.has(next)) return next;
  }
}

/** From the name, in small letters and figures. */
export function freeProfileId(name: string, { list }: ProfileSettings): string {
  const taken = new Set(list.map(({ id }) => id));
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/-+$/, '');
  const stem = plain === '' ? 'profile' : plain;
  if (!taken.has(stem)) return stem;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}
