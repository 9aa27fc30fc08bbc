/** Words that a page leaves to the one that takes its place: an action that ends in another address is told there. */

const name = 'racing-coach.settings.said';

export const leaveWords = (words: string): void => sessionStorage.setItem(name, words);

/** Once. */
export function leftWords(): string | null {
  const words = sessionStorage.getItem(name);
  sessionStorage.removeItem(name);
  return words;
}
