/** Takes a token back on its server. */
import type { ServerLogin } from '../data/server-login.ts';
import { problemOf } from './server-answer.ts';
import { ServerRequests } from './server-requests.ts';

/** Null when the server does not take it any more, or never did; else why it may still count there. */
export async function revokeToken({ url, token }: ServerLogin, stopped: AbortSignal): Promise<string | null> {
  const requests = new ServerRequests({ url, token, stopped, now: () => new Date() });
  const answer = await requests.ask((api) => api.POST('/api/v1/auth/sign-out'));
  if ('kind' in answer) return answer.refusal.text;
  if (answer.status < 300 || problemOf(answer)?.code === 'not-signed-in') return null;
  return problemOf(answer)?.title ?? `The server answered with ${answer.status}.`;
}
