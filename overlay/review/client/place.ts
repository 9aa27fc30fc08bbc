/** Which session and lap the page shows, in its address: it survives a reload and can be linked to. */

export interface Place {
  sessionId: string | null;
  lapId: string | null;
}

export function placeOf(hash: string): Place {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  return { sessionId: words.get('session'), lapId: words.get('lap') };
}

export function hashOf({ sessionId, lapId }: Place): string {
  const words = new URLSearchParams();
  if (sessionId !== null) words.set('session', sessionId);
  if (lapId !== null) words.set('lap', lapId);
  return `#${words}`;
}
